// AttackCoverage for programs.
#include <algorithm>

#include "engine/event/value.hpp"
#include "grammar/text/unicode.hpp"
#include "tools/attack/coverage_report.hpp"

namespace picket {
namespace {

Value share_object(const AttackShare& share) {
  return Object{{"covered", static_cast<std::int64_t>(share.covered)},
                {"known", static_cast<std::int64_t>(share.known)}};
}

List ids_of(const std::vector<ClaimingRule>& rules) {
  List ids;
  for (const ClaimingRule& rule : rules) ids.emplace_back(valid_utf8(rule.id));
  return ids;
}

List technique_list(const std::vector<TechniqueCoverage>& techniques, bool all, bool subs) {
  List list;
  for (const TechniqueCoverage& technique : techniques) {
    if (!all && !technique.covered()) continue;
    const auto severity = technique.severity();
    Object object{{"id", technique.technique->id},
                  {"name", technique.technique->name},
                  {"rules", ids_of(technique.rules)},
                  {"severity", severity ? Value(spelling(*severity)) : Value()}};
    if (!subs) object.set("sub_techniques", technique_list(technique.subs, all, true));
    list.emplace_back(std::move(object));
  }
  return list;
}

}  // namespace

std::string json_coverage(const AttackCoverage& coverage, bool all) {
  List tactics;
  for (const TacticCoverage& column : coverage.tactics) {
    tactics.emplace_back(Object{{"id", column.tactic->id},
                                {"name", column.tactic->name},
                                {"partial", column.tactic->partial},
                                {"share", share_object(column.share)},
                                {"techniques", technique_list(column.techniques, all, false)}});
  }
  return to_json(Object{{"attack_version", coverage.table->version()},
                        {"partial", coverage.table->partial()},
                        {"domain", coverage.table->domain()},
                        {"rules", static_cast<std::int64_t>(coverage.rules)},
                        {"rules_without", ids_of(coverage.without)},
                        {"techniques", share_object(coverage.techniques)},
                        {"sub_techniques", share_object(coverage.sub_techniques)},
                        {"tactics", std::move(tactics)}}) +
         "\n";
}

}  // namespace picket
