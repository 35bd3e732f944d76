// The comments of a text in the detection language, which the parser passes over.
#pragma once

#include <string_view>
#include <vector>

#include "grammar/text/source.hpp"

namespace picket {

// Where comments stand in a condition, in definitions, an expression or entries (not in templates, which have none
// outside their holes): from `#` to the end of the line, in order. A `#` within a string begins none. Total: of a text
// that is not well formed it tells what a reader would take for comments.
[[nodiscard]] std::vector<SourceSpan> find_comments(std::string_view text);

}  // namespace picket
