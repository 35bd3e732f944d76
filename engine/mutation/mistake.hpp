// The kinds of mistakes that are made in rules.
#pragma once

#include <cstdint>
#include <string_view>

namespace picket {

// What kind of mistake.
enum class Mistake : std::uint8_t {
  dropped,        // a line, or an operand of `and` or `or`, is missing
  negated,        // a comparison says the opposite
  connective,     // `and` for `or`, `any` for `all`, and the other way round
  value_dropped,  // a value of a list is missing
  comparison,     // a weaker or a stronger operator: `contains` for `eq`
  case_folding,   // `~` is missing, or too much
  boundary,       // `gt` for `ge`
  number,         // a number is off by one
  anchor,         // `^` or `$` is missing
  definition,     // a definition is asked wrongly: arguments swapped, its text put in without parentheses
  threshold,      // of matches or signals one more or less
  window,         // a time of half or twice the length
  order,          // `Group` for `Sequence`
};

// "dropped", "negated", "and/or", "value", "operator", "case", "boundary", "number", "anchor", "definition",
// "threshold", "window", "order".
[[nodiscard]] std::string_view spelling(Mistake mistake);

}  // namespace picket
