// Conditions as their authors wrote them: items (WrittenItem), with the fields that they ask, and what could have been
// written by mistake instead.
#pragma once

#include <vector>

#include "engine/simple/comparison.hpp"

namespace picket::simple {

// `field CONDITION value`, in a rule's logic or in its InlineFilters. `row.negated` may differ from the condition that
// is written: `Value: false` turns it round.
[[nodiscard]] Expr field_item(const ConditionRow& row, const Field& field, const ConditionValue& value,
                              const ConditionPlaces& places, bool filters);
// `left CONDITION right`, two fields without `[*]`. REQUIRES: row.pairs.
[[nodiscard]] Expr pair_item(const ConditionRow& row, const Field& left, const Field& right,
                             const ConditionPlaces& places);
// `OnlyOne: operands`.
[[nodiscard]] Expr only_one_item(std::vector<Expr> operands, SourceSpan span);

}  // namespace picket::simple
