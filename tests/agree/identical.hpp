// When two values, or two alerts' texts, are the same: stricter than `eq`.
#pragma once

#include <string>

#include "engine/eval/judge.hpp"
#include "engine/event/value.hpp"

namespace picket::tests {

// The same kind, an integer or a double alike, doubles bit for bit, keys in the same order.
[[nodiscard]] bool identical(const Value& a, const Value& b);

// Returns in words the first text that differs; empty if none does.
[[nodiscard]] std::string difference_of(const AlertTexts& interpreted, const AlertTexts& executed);

}  // namespace picket::tests
