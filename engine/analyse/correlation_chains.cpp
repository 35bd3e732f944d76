#include "engine/analyse/correlation_chains.hpp"

#include <algorithm>
#include <set>

namespace picket {

CorrelationChains::CorrelationChains(const std::vector<CorrelationRule>& rules) {
  for (const CorrelationRule& rule : rules) by_id_.emplace(rule.id.value, &rule);
}

const CorrelationRule* CorrelationChains::find(std::string_view id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : found->second;
}

const CorrelationItem* CorrelationChains::cycle_of(const CorrelationRule& rule) const {
  for (const CorrelationItem& item : rule.items) {
    std::set<const CorrelationRule*> seen;
    std::vector<const CorrelationRule*> open = {find(item.rule.value)};
    while (!open.empty()) {
      const CorrelationRule* at = open.back();
      open.pop_back();
      if (at == &rule) return &item;
      if (at == nullptr || !seen.insert(at).second) continue;
      for (const CorrelationItem& next : at->items) open.push_back(find(next.rule.value));
    }
  }
  return nullptr;
}

std::vector<std::string> column_names(const CorrelationRule& rule) {
  std::vector<std::string> names;
  for (const CorrelationCriterion& criterion : rule.criteria) names.push_back(criterion.name.value);
  const auto matching = std::find_if(rule.transitions.begin(), rule.transitions.end(),
                                     [](const auto& one) { return !one.matches.empty(); });
  if (matching == rule.transitions.end()) return names;
  for (const CorrelationTransition::Match& match : matching->matches) names.push_back(match.from.written.value);
  return names;
}

}  // namespace picket
