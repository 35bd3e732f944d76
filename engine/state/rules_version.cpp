#include "engine/state/rules_version.hpp"

#include <set>
#include <string_view>
#include <utility>

#include "engine/digest/digest.hpp"
#include "engine/lookup/enrichment.hpp"
#include "engine/pack/pack.hpp"

namespace picket {
namespace {

// The rules whose signals are all that is wanted of them: some correlation says so, and none that they shall alert.
std::set<std::string_view> silenced_rules(const CheckedPack& pack) {
  std::set<std::string_view> silenced;
  std::set<std::string_view> wanted;
  for (const CheckedCorrelation& correlation : pack.correlations) {
    if (!correlation.rule->enabled || correlation.rule->format != RuleFormat::sigma) continue;
    for (const CheckedCorrelation::Item& item : correlation.items) {
      for (const SignalSource& source : item.sources) {
        (correlation.rule->generates ? wanted : silenced).insert(source.rule);
      }
    }
  }
  for (const std::string_view rule : wanted) silenced.erase(rule);
  return silenced;
}

}  // namespace

RulesVersion::RulesVersion(std::shared_ptr<const RuleSet> rules, const AttackTable& attack,
                           EventTimes::Paths time_paths)
    : rules_(std::move(rules)), pack_(rules_, &rules_->pack()), time_paths_(std::move(time_paths)) {
  std::string digests;
  for (const SourcePtr& source : rules_->pack().pack->sources) digests += digest_of({source->text()});
  if (const Enrichment* enrichment = rules_->pack().pack->enrichment.get()) {
    for (const TableFile& table : enrichment->files()) digests += table.digest;
  }
  name_ = digest_of({digests});
  const std::set<std::string_view> silenced = silenced_rules(rules_->pack());
  const auto all = rules_->rules();
  facts_.reserve(all.size());
  for (const CheckedRule* rule : all) {
    facts_.push_back(facts_of(*rule->rule, attack, name_, silenced.contains(rule->rule->id.value)));
    by_id_.emplace(facts_.back()->id, facts_.back());
    indices_.emplace(facts_.back()->id, static_cast<RuleIndex>(facts_.size() - 1));
  }
  for (const CheckedCorrelation& correlation : rules_->pack().correlations) {
    const auto facts = facts_of(*correlation.rule, attack, name_, silenced.contains(correlation.rule->id.value));
    by_id_.emplace(facts->id, facts);
  }
}

std::shared_ptr<const RuleFacts> RulesVersion::find(std::string_view rule_id) const {
  const auto found = by_id_.find(rule_id);
  return found == by_id_.end() ? nullptr : found->second;
}

std::optional<RuleIndex> RulesVersion::index_of(std::string_view rule_id) const {
  const auto found = indices_.find(rule_id);
  return found == indices_.end() ? std::nullopt : std::optional(found->second);
}

FindRule find_in(std::shared_ptr<const RulesVersion> rules) {
  return [rules = std::move(rules)](std::string_view id) { return rules == nullptr ? nullptr : rules->find(id); };
}

}  // namespace picket
