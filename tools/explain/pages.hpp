// The pages of the diagnostic codes: tools/explain/<code>.md, compiled into the program.
#pragma once

#include <optional>
#include <string_view>

#include "grammar/text/diagnostic.hpp"

namespace picket {

// Markdown.
[[nodiscard]] std::optional<std::string_view> page_of(Code code);

}  // namespace picket
