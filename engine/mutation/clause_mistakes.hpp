// Mistakes in the part of a comparison after its left operand. Internal to engine/mutation.
#pragma once

#include <utility>
#include <vector>

#include "engine/mutation/mistake.hpp"
#include "grammar/ast/expr.hpp"

namespace picket {

// The clause with one mistake in it each: operator, case, boundary, number, anchor. Not negated, and values of its
// list not dropped, which are mistakes of any comparison and any list. `definitions` tell what a name on the right
// stands for.
[[nodiscard]] std::vector<std::pair<Mistake, CompareClause>> clause_mistakes(
    const CompareClause& clause, const std::vector<Definition>& definitions);

}  // namespace picket
