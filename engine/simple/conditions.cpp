#include "engine/simple/conditions.hpp"

#include <algorithm>
#include <array>

namespace picket::simple {
namespace {

constexpr auto rows = std::to_array<ConditionRow>({
#define PICKET_CONDITION(spelling, asks, negated, folded, operand, pairs, filters, meaning) \
  {spelling, ConditionTest::asks, negated, folded, ConditionOperand::operand, pairs, filters, meaning},
#include "engine/simple/conditions.def"
#undef PICKET_CONDITION
});

}  // namespace

std::span<const ConditionRow> conditions() { return rows; }

const ConditionRow* find_condition(std::string_view spelling) {
  const auto* found = std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return row.spelling == spelling; });
  return found == rows.end() ? nullptr : found;
}

std::vector<std::string_view> condition_names(bool filters) {
  std::vector<std::string_view> names;
  for (const ConditionRow& row : rows) {
    if (row.filters || !filters) names.push_back(row.spelling);
  }
  return names;
}

}  // namespace picket::simple
