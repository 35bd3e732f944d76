// `+ - * / %` and the unary minus over values. Total: operands that an operator does not know give null.
#pragma once

#include "engine/eval/budget.hpp"
#include "engine/event/value.hpp"
#include "grammar/ast/expr.hpp"

namespace picket {

[[nodiscard]] Value calculate(Arithmetic op, const Value& left, const Value& right, Budget& budget);
[[nodiscard]] Value negate(const Value& value);
// The integer that a whole double is, exactly, however large. REQUIRES: finite and whole.
[[nodiscard]] Value integer_from(double whole);

}  // namespace picket
