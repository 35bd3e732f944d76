// What a condition on fields means, as an expression of the detection language. Nothing is read here, and nothing can
// be wrong any more.
#pragma once

#include <optional>
#include <variant>

#include "engine/simple/conditions.hpp"
#include "engine/simple/field.hpp"
#include "grammar/ast/expr.hpp"

namespace picket::simple {

// The places of a condition in the file.
struct ConditionPlaces {
  SourceSpan whole;      // the expression
  SourceSpan condition;  // the name of the condition
};

// What stands beside the field: nothing, a literal (a list of them for IsIn), or the lines that elements must fulfil.
using ConditionValue = std::variant<std::monostate, Expr, Block>;

// `field CONDITION value`.
[[nodiscard]] Expr compare_field(const ConditionRow& row, const Field& field, const ConditionValue& value,
                                 const ConditionPlaces& places);
// The same in InlineFilters, where whatever is asked of a missing field is true.
[[nodiscard]] Expr filter_field(const ConditionRow& row, const Field& field, const ConditionValue& value,
                                const ConditionPlaces& places);
// `left CONDITION right`, two fields without `[*]`. REQUIRES: row.pairs.
[[nodiscard]] Expr compare_fields(const ConditionRow& row, const Field& left, const Field& right,
                                  const ConditionPlaces& places);

}  // namespace picket::simple
