// How messages quote what the author wrote.
#pragma once

#include <string>
#include <string_view>

namespace picket {

[[nodiscard]] inline std::string backquoted(std::string_view written) { return "`" + std::string(written) + "`"; }

}  // namespace picket
