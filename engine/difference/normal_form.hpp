// One spelling for conditions that mean the same by their form alone. Internal to engine/difference.
#pragma once

#include <string>

#include "grammar/ast/expr.hpp"

namespace picket::difference {

// Equal for expressions that differ only in the order or the nesting of what `and`, `or`, a group or a list to compare
// with holds, in repetitions there, in `any`, `all` or words as connective, in where `not` stands, and in spelling. Not
// for people, and it need not parse.
[[nodiscard]] std::string normal_form(const Expr& expr);

// The operands of a conjunction or a disjunction, in the order of the text, however they are nested: of `and`, of lines
// in braces. Another expression is its own only operand.
[[nodiscard]] std::vector<const Expr*> operands_of(const Expr& expr, Connective connective);

// Whether the values on the right of such an operator are a set: any of them counts, or all.
[[nodiscard]] bool compares_with_set(Op op);

}  // namespace picket::difference
