#include "engine/catalog/attack_coverage.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "engine/frontend/correlation_rule.hpp"

namespace picket {
namespace {

// The rules of each technique in each tactic, by ids.
class Counting {
 public:
  explicit Counting(const AttackTable& table) : table_(table) {}

  // Whether the rule names any technique of the table.
  bool count(const ClaimingRule& rule, const AttackClaims& claims) {
    unknown_ += claims.malformed.size();
    bool names_one = false;
    for (const AttackClaim& claim : claims.claims) {
      if (claim.technique.empty()) continue;  // a tag that names a tactic
      const Technique* written = table_.find_technique(claim.technique);
      const Technique* technique = written == nullptr ? nullptr : table_.current(*written);
      if (technique == nullptr) {
        ++unknown_;
        continue;
      }
      names_one = true;
      const bool placed = technique->belongs_to(claim.tactic);
      for (const std::string& tactic : technique->tactics) {
        if (!placed || tactic == claim.tactic) add(tactic, *technique, rule);
      }
    }
    return names_one;
  }

  [[nodiscard]] std::vector<ClaimingRule> rules_of(const Tactic& tactic, const Technique& technique) const {
    const auto found = rules_.find({tactic.id, technique.id});
    return found == rules_.end() ? std::vector<ClaimingRule>() : found->second;
  }

  [[nodiscard]] std::size_t unknown() const { return unknown_; }

 private:
  void add(std::string_view tactic, const Technique& technique, const ClaimingRule& rule) {
    std::vector<ClaimingRule>& rules = rules_[{tactic, technique.id}];
    if (rules.empty() || rules.back().id != rule.id) rules.push_back(rule);
  }

  const AttackTable& table_;
  std::map<std::pair<std::string_view, std::string_view>, std::vector<ClaimingRule>> rules_;
  std::size_t unknown_ = 0;
};

TacticCoverage column_of(const AttackTable& table, const Tactic& tactic, const Counting& counting) {
  TacticCoverage column{.tactic = &tactic, .techniques = {}, .share = {}};
  for (const Technique& technique : table.techniques()) {
    if (technique.status != AttackStatus::active || !technique.belongs_to(tactic.id)) continue;
    TechniqueCoverage covered{.technique = &technique, .rules = counting.rules_of(tactic, technique), .subs = {}};
    // Ids are in order: a parent stands before its sub-techniques. One whose parent was given up stands by itself.
    const bool below = !column.techniques.empty() && !technique.parent().empty() &&
                       column.techniques.back().technique->id == technique.parent();
    (below ? column.techniques.back().subs : column.techniques).push_back(std::move(covered));
  }
  column.share.known = column.techniques.size();
  column.share.covered =
      static_cast<std::size_t>(std::ranges::count_if(column.techniques, &TechniqueCoverage::covered));
  return column;
}

// Each technique once, in however many columns it stands.
void total(AttackCoverage& coverage) {
  std::set<const Technique*> known;
  std::set<const Technique*> covered;
  for (const TacticCoverage& column : coverage.tactics) {
    for (const TechniqueCoverage& technique : column.techniques) {
      known.insert(technique.technique);
      if (technique.covered()) covered.insert(technique.technique);
      for (const TechniqueCoverage& sub : technique.subs) {
        known.insert(sub.technique);
        if (sub.covered()) covered.insert(sub.technique);
      }
    }
  }
  for (const Technique* technique : known) {
    AttackShare& share = technique->parent().empty() ? coverage.techniques : coverage.sub_techniques;
    ++share.known;
    if (covered.contains(technique)) ++share.covered;
  }
}

}  // namespace

bool TechniqueCoverage::covered() const {
  return !rules.empty() || std::ranges::any_of(subs, &TechniqueCoverage::covered);
}

std::optional<Severity> TechniqueCoverage::severity() const {
  std::optional<Severity> highest;
  for (const ClaimingRule& rule : rules) {
    if (!highest || rule.severity > *highest) highest = rule.severity;
  }
  return highest;
}

std::vector<AttackStatement> attack_statements(const CheckedPack& pack, bool disabled) {
  std::vector<AttackStatement> statements;
  const auto add = [&](const RuleMetadata& rule) {
    if (!rule.enabled && !disabled) return;
    statements.push_back({{rule.id.value, rule.severity.value}, attack_claims(rule)});
  };
  for (const CheckedRule& checked : pack.rules) add(*checked.rule);
  for (const CheckedCorrelation& checked : pack.correlations) add(*checked.rule);
  return statements;
}

AttackCoverage coverage_of(const std::vector<AttackStatement>& statements, std::shared_ptr<const AttackTable> table) {
  AttackCoverage coverage;
  Counting counting(*table);
  for (const auto& [rule, claims] : statements) {
    ++coverage.rules;
    if (!counting.count(rule, claims)) coverage.without.push_back(rule);
  }
  for (const Tactic& tactic : table->tactics()) {
    if (tactic.status == AttackStatus::active) coverage.tactics.push_back(column_of(*table, tactic, counting));
  }
  coverage.unknown_claims = counting.unknown();
  coverage.table = std::move(table);
  total(coverage);
  return coverage;
}

}  // namespace picket
