// Mutants that are no mistakes: no event tells them from the rule. Internal to engine/mutation.
#pragma once

#include "engine/mutation/kill.hpp"

namespace picket {

// Whether it is proved that the two say the same of every event. Decided are
//  - conditions that are the same function of their comparisons, whatever these are (up to 10 different ones);
//  - conditions whose comparisons are `eq`, `in`, `is null`, `is empty` or orders of numbers, of fields with constants:
//  fields
//    then need only be tried with one value of each class that the comparisons tell apart (up to 20,000 events),
//  - `~` more or less, where the left side was made by `lower` or `upper` and the right side has ASCII letters of that
//  case
//    only. (The two letters beyond ASCII that fold into it, U+017F and U+212A, are let go.)
[[nodiscard]] bool proved_equivalent(const Opponents& opponents, Interpreter& interpreter, const TestOptions& options);

}  // namespace picket
