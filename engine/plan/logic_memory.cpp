// What can be told of a rule that remembers before anybody has looked into the memory.
#include <algorithm>
#include <numeric>
#include <utility>

#include "engine/plan/logic.hpp"

namespace picket {

Logic Logic::unknown() {
  Logic logic;
  logic.kind = Kind::unknown;
  return logic;
}

bool has_unknown(const Logic& logic) {
  return logic.kind == Logic::Kind::unknown ||
         std::any_of(logic.operands.begin(), logic.operands.end(), [](const Logic& one) { return has_unknown(one); });
}

std::size_t size_of(const Logic& logic) {
  return std::accumulate(logic.operands.begin(), logic.operands.end(), std::size_t{1},
                         [](std::size_t sum, const Logic& one) { return sum + size_of(one); });
}

namespace {

// The logic with `value` for what is unknown, and its opposite where that is negated: with true it holds wherever the
// logic may hold, with false only where it must.
Logic bound(const Logic& logic, bool value) {
  std::vector<Logic> operands;
  switch (logic.kind) {
    case Logic::Kind::unknown:
      return Logic::constant(value);
    case Logic::Kind::constant:
    case Logic::Kind::predicate:
      return logic;
    case Logic::Kind::negation:
      return Logic::negation(bound(logic.operands.front(), !value));
    case Logic::Kind::conjunction:
    case Logic::Kind::disjunction:
      for (const Logic& operand : logic.operands) operands.push_back(bound(operand, value));
      return logic.kind == Logic::Kind::conjunction ? Logic::all(std::move(operands)) : Logic::any(std::move(operands));
  }
  return logic;
}

}  // namespace

Logic LogicBuilder::may_alert(const CheckedRule& rule) {
  Logic condition = truth(rule.condition);
  // A policy speaks where its condition is false.
  if (rule.rule->kind == RuleKind::policy) condition = Logic::negation(std::move(condition));
  return bound(condition, true);
}

Logic LogicBuilder::may_write(const CheckedRemember& remember) {
  std::vector<Logic> all;
  if (remember.when) all.push_back(bound(truth(*remember.when), true));
  // Where a hole of the key is null nothing is written.
  size_ = 0;
  if (const auto* key = std::get_if<TemplateTerm>(&remember.key.term.node)) {
    for (const auto& part : key->parts) {
      const auto* hole = std::get_if<TemplateTerm::Hole>(&part);
      if (hole == nullptr) continue;
      const PlacedTerm value{.term = &*hole->value, .scope = scope_of(remember.key)};
      all.push_back(bound(Logic::negation(is_null(value)), true));
    }
  }
  return Logic::all(std::move(all));
}

}  // namespace picket
