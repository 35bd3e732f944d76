#include "engine/catalog/implications.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "grammar/text/ascii.hpp"

namespace picket {
namespace {

// The part by which a rule is looked up: of two the one that fewer others fit.
const ConjunctionPart* pivot_of(const Conjunction& conjunction) {
  const ConjunctionPart* pivot = nullptr;
  for (const ConjunctionPart& part : conjunction.parts) {
    if (part.negated) continue;
    const bool better = pivot == nullptr || (part.kind == IndicatorKind::in) > (pivot->kind == IndicatorKind::in) ||
                        ((part.kind == IndicatorKind::in) == (pivot->kind == IndicatorKind::in) &&
                         part.values.size() < pivot->values.size());
    if (better) pivot = &part;
  }
  return pivot;
}

// Only rules over the same log type can be within one another, so each is looked up by the first of its own.
std::string key_of(const std::string& log_type, const std::string& field, const std::string& value = {}) {
  return log_type + '\0' + field + '\0' + ascii_lower(value);
}

bool covers_log_types(const CatalogRule& wide, const CatalogRule& narrow) {
  return !narrow.log_types.empty() && std::ranges::all_of(narrow.log_types, [&](const std::string& log_type) {
    return std::ranges::find(wide.log_types, log_type) != wide.log_types.end();
  });
}

// Where a wide rule is found: a value that its pivot takes, or a field of which it takes more than single values.
class WideRules {
 public:
  explicit WideRules(const std::vector<CatalogRule>& rules) {
    for (RuleIndex i = 0; i < rules.size(); ++i) {
      if (rules[i].conjunction.whole && rules[i].kind == RuleKind::rule) add(rules[i], i);
    }
  }

  // Those that may be wider than a rule, sorted. REQUIRES: the rule has a log type.
  [[nodiscard]] std::vector<RuleIndex> candidates(const CatalogRule& rule) const {
    const std::string& log_type = rule.log_types.front();
    std::vector<RuleIndex> found;
    for (const ConjunctionPart& part : rule.conjunction.parts) {
      if (part.negated) continue;
      // Each of its values must be one of the wide rule's, so the first of them will do.
      if (part.kind == IndicatorKind::in && !part.values.empty()) {
        append(found, by_value_, key_of(log_type, part.field, part.values.front()));
      }
      append(found, by_field_, key_of(log_type, part.field));
    }
    std::ranges::sort(found);
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
  }

 private:
  using Index = std::unordered_map<std::string, std::vector<RuleIndex>>;

  void add(const CatalogRule& rule, RuleIndex i) {
    const ConjunctionPart* pivot = pivot_of(rule.conjunction);
    if (pivot == nullptr) return;
    for (const std::string& log_type : rule.log_types) {
      if (pivot->kind != IndicatorKind::in) {
        by_field_[key_of(log_type, pivot->field)].push_back(i);
        continue;
      }
      for (const std::string& value : pivot->values) by_value_[key_of(log_type, pivot->field, value)].push_back(i);
    }
  }

  static void append(std::vector<RuleIndex>& to, const Index& index, const std::string& key) {
    const auto found = index.find(key);
    if (found != index.end()) to.insert(to.end(), found->second.begin(), found->second.end());
  }

  Index by_value_;
  Index by_field_;
};

}  // namespace

Implications::Implications(const Catalog& catalog) {
  const std::vector<CatalogRule>& rules = catalog.rules();
  wider.resize(rules.size());
  narrower.resize(rules.size());
  const WideRules wide_rules(rules);
  for (RuleIndex i = 0; i < rules.size(); ++i) {
    if (rules[i].kind != RuleKind::rule || rules[i].log_types.empty()) continue;
    for (const RuleIndex wide : wide_rules.candidates(rules[i])) {
      if (wide == i || !covers_log_types(rules[wide], rules[i])) continue;
      if (!implies(rules[i].conjunction, rules[wide].conjunction)) continue;
      wider[i].push_back(wide);
      narrower[wide].push_back(i);
    }
  }
}

}  // namespace picket
