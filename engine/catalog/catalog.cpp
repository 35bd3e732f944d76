#include "engine/catalog/catalog.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

namespace picket {
namespace {

// A value that so many rules look for says nothing about which of them are alike.
constexpr std::size_t common = 64;

void add_rule(RuleIndex rule, RuleFormat format, std::vector<RuleIndex>& rules, FormatCounts& formats) {
  if (!rules.empty() && rules.back() == rule) return;
  rules.push_back(rule);
  ++formats.at(static_cast<std::size_t>(format));
}

}  // namespace

Catalog::Catalog(std::vector<CatalogRule> rules, std::vector<CatalogLibrary> libraries, std::vector<CatalogPack> packs,
                 std::shared_ptr<const AttackTable> attack)
    : rules_(std::move(rules)), libraries_(std::move(libraries)), packs_(std::move(packs)), attack_(std::move(attack)) {
  std::ranges::sort(rules_, {}, &CatalogRule::id);
  std::ranges::sort(libraries_, {}, &CatalogLibrary::id);
  std::ranges::sort(packs_, {}, &CatalogPack::id);
  std::unordered_map<std::string, IndicatorIndex> known;
  for (RuleIndex i = 0; i < rules_.size(); ++i) {
    CatalogRule& rule = rules_[i];
    rule.keys.clear();
    const auto add = [&](const std::vector<IndicatorRow>& rows, std::vector<RuleIndex> CatalogIndicator::*where,
                         FormatCounts CatalogIndicator::*formats) {
      for (const IndicatorRow& row : rows) {
        for (const IndicatorValue& value : row.values) {
          const auto next = static_cast<IndicatorIndex>(indicators_.size());
          const auto [found, is_new] = known.try_emplace(indicator_key(row, value), next);
          if (is_new) indicators_.push_back({row.field, row.kind, value, {}, {}, {}, {}});
          CatalogIndicator& indicator = indicators_[found->second];
          add_rule(i, rule.format, indicator.*where, indicator.*formats);
          rule.keys.push_back(found->second);
        }
      }
    };
    add(rule.indicators.rows, &CatalogIndicator::rules, &CatalogIndicator::formats);
    add(rule.indicators.exclusions, &CatalogIndicator::excluded, &CatalogIndicator::excluded_formats);
  }
}

std::optional<RuleIndex> Catalog::find(std::string_view id) const {
  const auto found = std::ranges::lower_bound(rules_, id, {}, &CatalogRule::id);
  if (found == rules_.end() || found->id != id) return std::nullopt;
  return static_cast<RuleIndex>(found - rules_.begin());
}

FormatCounts Catalog::formats_of(const std::vector<RuleIndex>& rules) const {
  FormatCounts counts{};
  for (const RuleIndex rule : rules) ++counts.at(static_cast<std::size_t>(rules_[rule].format));
  return counts;
}

std::vector<SimilarRule> Catalog::similar_to(RuleIndex rule, std::size_t most) const {
  const CatalogRule& self = rules_[rule];
  std::size_t own = 0;
  for (const IndicatorRow& row : self.indicators.rows) own += row.values.size();
  std::vector<IndicatorIndex> keys(self.keys.begin(), self.keys.begin() + static_cast<std::ptrdiff_t>(own));
  std::ranges::sort(keys, {}, [this](IndicatorIndex key) { return std::pair(indicators_[key].rules.size(), key); });
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  std::unordered_map<RuleIndex, SimilarRule> found;
  for (const IndicatorIndex key : keys) {
    const std::vector<RuleIndex>& sharing = indicators_[key].rules;
    if (sharing.size() < 2 || sharing.size() > common) continue;
    for (const RuleIndex other : sharing) {
      if (other == rule) continue;
      SimilarRule& similar = found[other];
      similar.rule = other;
      similar.weight += 1.0 / static_cast<double>(sharing.size() - 1);
      similar.shared.push_back(key);
    }
  }
  std::vector<SimilarRule> all;
  all.reserve(found.size());
  for (auto& [other, similar] : found) all.push_back(std::move(similar));
  // By weight in 1/1024ths: sums that differ only by the order of their terms are equal.
  std::ranges::sort(all, {},
                    [](const SimilarRule& one) { return std::pair(-std::llround(one.weight * 1024.0), one.rule); });
  if (all.size() > most) all.resize(most);
  return all;
}

}  // namespace picket
