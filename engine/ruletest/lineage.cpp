#include "engine/ruletest/lineage.hpp"

#include <algorithm>
#include <cstddef>

#include "engine/frontend/rule.hpp"

namespace picket {
namespace {

const CheckedRule* base_of(const CheckedPack& pack, const Rule& rule) {
  if (!rule.descent) return nullptr;
  const auto found = std::ranges::find_if(
      pack.rules, [&](const CheckedRule& one) { return one.rule->source == rule.descent->bases.front(); });
  return found == pack.rules.end() ? nullptr : &*found;
}

// Whether the rule has filters of its own, or none, in the place of those of its base.
bool replaces_filters(const Rule& rule, const Rule& base) {
  return rule.filters == 0 ? base.filters > 0 : !rule.inherits(rule.condition.lines.front().span);
}

bool is_filter(const ConditionPart& part, const Rule& rule) {
  for (std::size_t i = 0; i < rule.filters; ++i) {
    const SourceSpan line = rule.condition.lines[i].span;
    const SourceSpan span = part.site->span;
    if (part.site->source == rule.source && line.begin <= span.begin && span.end <= line.end) return true;
  }
  return false;
}

}  // namespace

std::vector<OwnParts> parts_by_rule(const CheckedPack& pack, const CheckedRule& rule, bool mocked) {
  std::vector<OwnParts> lineage;
  bool without_filters = false;
  for (const CheckedRule* one = &rule; one != nullptr;) {
    const CheckedRule* base = mocked ? nullptr : base_of(pack, *one->rule);
    OwnParts own{one, parts_of(one->condition.term, pack.definitions)};
    std::erase_if(own.parts, [&](const ConditionPart& part) {
      const bool inherited = part.site->source == one->rule->source && one->rule->inherits(part.site->span);
      return (base != nullptr && inherited) || (without_filters && is_filter(part, *one->rule));
    });
    lineage.push_back(std::move(own));
    if (base != nullptr) without_filters = without_filters || replaces_filters(*one->rule, *base->rule);
    one = base;
  }
  return lineage;
}

}  // namespace picket
