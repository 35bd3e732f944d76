// Columns that the author has aligned. Internal to grammar/layout.
#pragma once

#include <string_view>
#include <vector>

#include "grammar/layout/token.hpp"

namespace picket::layout {

// Aligns anew what stands in one column of consecutive lines of `text`, by changing the blanks before it: the arrows of
// arms, the `=` of definitions, what follows the `:` of entries, comments behind text. `indents` has for each token
// that begins a line how far the line is indented.
void align(std::vector<Token>& tokens, const std::vector<std::size_t>& indents, std::string_view text);

}  // namespace picket::layout
