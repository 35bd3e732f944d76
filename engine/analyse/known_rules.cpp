#include "engine/analyse/known_rules.hpp"

#include <algorithm>
#include <variant>

namespace picket {

KnownRules::KnownRules(const Pack& pack) : chains(pack.correlations) {
  for (const Rule& rule : pack.rules) {
    states.emplace(rule.id.value, rule.enabled ? State::fine : State::disabled);
    if (!rule.name.empty()) names.push_back(rule.name);
  }
  for (const std::string& id : pack.skipped_ids) states.emplace(id, State::skipped);
  for (const std::string& id : pack.broken_ids) states.emplace(id, State::broken);
  complete = pack.whole || (!pack.files_only && !states.empty());
  for (const CorrelationRule& rule : pack.correlations) {
    states.emplace(rule.id.value, State::correlation);
    if (!rule.name.empty()) names.push_back(rule.name);
  }
}

std::vector<PathStep> steps_of(const Expr& path) {
  std::vector<PathStep> steps;
  const Expr* at = &path;
  while (true) {
    if (const auto* each = std::get_if<EachExpr>(&at->node)) {
      at = &*each->base;  // lists are looked into anyway
    } else if (const auto* index = std::get_if<IndexExpr>(&at->node)) {
      if (const auto* key = std::get_if<StringLiteral>(&index->index->node)) {
        steps.emplace_back(key->value);
      } else if (const auto* number = std::get_if<NumberLiteral>(&index->index->node)) {
        steps.emplace_back(Value::from_number(number->text).value_or(Value(0)).as_index().value_or(0));
      }
      at = &*index->base;
    } else if (const auto* member = std::get_if<MemberExpr>(&at->node)) {
      steps.emplace_back(member->name);
      at = &*member->base;
    } else {
      if (const auto* name = std::get_if<NameExpr>(&at->node)) steps.emplace_back(name->name);
      break;
    }
  }
  std::reverse(steps.begin(), steps.end());
  return steps;
}

}  // namespace picket
