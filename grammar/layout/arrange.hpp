// Where lines break and which separators stand. Internal to grammar/layout.
#pragma once

#include <cstddef>
#include <vector>

#include "grammar/layout/token.hpp"

namespace picket::layout {

// Takes out separators that separate nothing, breaks lines after the opening and before the closing bracket where a
// bracket is broken at all, and sets the comma behind the last item of a broken list. `top` is what the text as a whole
// is: a block or the entries of an object.
void arrange(std::vector<Token>& tokens, Bracket top);

// For each token the index of the bracket that the space before it lies in, or `no_bracket`.
constexpr std::size_t no_bracket = static_cast<std::size_t>(-1);
[[nodiscard]] std::vector<std::size_t> enclosing(const std::vector<Token>& tokens);

}  // namespace picket::layout
