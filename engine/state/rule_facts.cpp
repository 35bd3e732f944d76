#include "engine/state/rule_facts.hpp"

#include <algorithm>
#include <optional>

#include "engine/analyse/attack_claims.hpp"
#include "engine/attack/attack_table.hpp"
#include "engine/digest/digest.hpp"
#include "grammar/ast/print.hpp"

namespace picket {
namespace {

std::vector<std::string> values_of(const std::vector<Located<std::string>>& items) {
  std::vector<std::string> values;
  values.reserve(items.size());
  for (const Located<std::string>& item : items) values.push_back(item.value);
  return values;
}

AttackName name_of(const AttackClaim& claim, const AttackTable& table) {
  AttackName name{.tactic_id = claim.tactic, .tactic = {}, .technique_id = claim.technique, .technique = {}};
  if (const Tactic* tactic = table.find_tactic(claim.tactic)) name.tactic = tactic->name;
  if (const Technique* technique = table.find_technique(claim.technique)) {
    name.technique = full_name(table, *technique);
  }
  return name;
}

std::string text_of(const std::optional<Expr>& expr) { return expr ? print(*expr) : std::string(); }

// What rules of all kinds have.
RuleFacts common_facts(const RuleMetadata& rule, const AttackTable& attack, const std::string& rules_version,
                       bool silenced) {
  RuleFacts facts;
  facts.id = rule.id.value;
  facts.display_name = rule.display_name;
  facts.tags = values_of(rule.tags);
  for (const Report& report : rule.reports) facts.reports.emplace_back(report.framework.value, values_of(report.items));
  for (const AttackClaim& claim : attack_claims(rule).claims) facts.attack.push_back(name_of(claim, attack));
  facts.output_ids = values_of(rule.output_ids);
  facts.create_alert = rule.create_alert && !silenced;
  facts.severity = rule.severity.value;
  facts.description = rule.description;
  facts.reference = rule.reference;
  facts.runbook = rule.runbook;
  facts.rules_version = rules_version;
  return facts;
}

}  // namespace

std::shared_ptr<const RuleFacts> facts_of(const Rule& rule, const AttackTable& attack, const std::string& rules_version,
                                          bool silenced) {
  RuleFacts facts = common_facts(rule, attack, rules_version, silenced);
  facts.dedup_period = {rule.dedup_minutes.value * microseconds_per_minute};
  facts.threshold = static_cast<std::uint64_t>(std::max<std::int64_t>(rule.threshold.value, 1));
  facts.unique = rule.unique.has_value();
  // Without `Dedup` it is the title that tells matches apart.
  facts.fingerprint = digest_of({std::to_string(rule.dedup_minutes.value), std::to_string(rule.threshold.value),
                                 text_of(rule.dedup ? rule.dedup : rule.alert_title), text_of(rule.unique),
                                 facts.create_alert ? "alert" : "signal"});
  return std::make_shared<const RuleFacts>(std::move(facts));
}

std::shared_ptr<const RuleFacts> facts_of(const CorrelationRule& rule, const AttackTable& attack,
                                          const std::string& rules_version, bool silenced) {
  RuleFacts facts = common_facts(rule, attack, rules_version, silenced);
  facts.dedup_period = rule.lookback.value;
  facts.fingerprint =
      digest_of({std::to_string(rule.lookback.value.microseconds), facts.create_alert ? "alert" : "signal"});
  return std::make_shared<const RuleFacts>(std::move(facts));
}

}  // namespace picket
