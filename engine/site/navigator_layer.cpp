// AttackCoverage as a layer of ATT&CK Navigator: MITRE's layer file format, version 4.5.
#include <algorithm>

#include "engine/event/value.hpp"
#include "engine/site/navigator_layer.hpp"
#include "engine/site/words.hpp"
#include "grammar/text/ascii.hpp"

namespace picket {
namespace {

constexpr const char* layer_version = "4.5";
constexpr const char* navigator_version = "5.2.0";  // at least 4.9.0 reads such layers
constexpr const char* lightest = "#d7efdc";
constexpr const char* darkest = "#1b7f3b";

std::string comment_of(const TechniqueCoverage& technique) {
  std::string text;
  for (const ClaimingRule& rule : technique.rules) text += (text.empty() ? "" : "\n") + rule.id;
  return text;
}

// Technique and sub-technique alike; the parent of covered sub-techniques is opened, without a score of its own.
void add_technique(const TechniqueCoverage& technique, const std::string& tactic, List& techniques) {
  if (!technique.covered()) return;
  Object entry{{"techniqueID", technique.technique->id}, {"tactic", tactic}};
  if (!technique.rules.empty()) entry.set("score", static_cast<std::int64_t>(technique.rules.size()));
  entry.set("comment", comment_of(technique));
  entry.set("enabled", true);
  List metadata;
  if (const auto severity = technique.severity()) {
    metadata.emplace_back(Object{{"name", "highest severity"}, {"value", spelling(*severity)}});
  }
  entry.set("metadata", std::move(metadata));
  entry.set("showSubtechniques", std::ranges::any_of(technique.subs, &TechniqueCoverage::covered));
  techniques.emplace_back(std::move(entry));
  for (const TechniqueCoverage& sub : technique.subs) add_technique(sub, tactic, techniques);
}

std::size_t most_rules(const AttackCoverage& coverage) {
  std::size_t most = 0;
  for (const TacticCoverage& column : coverage.tactics) {
    for (const TechniqueCoverage& technique : column.techniques) {
      most = std::max(most, technique.rules.size());
      for (const TechniqueCoverage& sub : technique.subs) most = std::max(most, sub.rules.size());
    }
  }
  return most;
}

}  // namespace

std::string navigator_layer(const AttackCoverage& coverage) {
  List techniques;
  for (const TacticCoverage& column : coverage.tactics) {
    for (const TechniqueCoverage& technique : column.techniques) {
      add_technique(technique, column.tactic->short_name(), techniques);
    }
  }
  const std::size_t most = std::max<std::size_t>(most_rules(coverage), 2);  // the gradient's ends must differ
  const std::string& version = coverage.table->version();
  const std::string major_version = version.substr(0, version.find('.'));  // Navigator knows "18", not "18.1"
  Object versions{{"navigator", navigator_version}, {"layer", layer_version}};
  // Without one it takes its own; one without a digit it cannot read.
  if (std::ranges::any_of(major_version, is_digit)) versions.set("attack", major_version);
  const Object layout{{"layout", "side"},
                      {"showID", false},
                      {"showName", true},
                      {"showAggregateScores", true},
                      {"countUnscored", false},
                      {"aggregateFunction", "sum"},
                      {"expandedSubtechniques", "annotated"}};
  const Object gradient{
      {"colors", List{lightest, darkest}}, {"minValue", 1}, {"maxValue", static_cast<std::int64_t>(most)}};
  const List legend{Object{{"label", "1 rule"}, {"color", lightest}},
                    Object{{"label", site::counted(most, "rule", "rules")}, {"color", darkest}}};
  return to_json(Object{{"name", "Detection rules"},
                        {"versions", versions},
                        {"domain", coverage.table->domain()},
                        {"description", "Techniques that rules claim to detect; the score is the number of rules."},
                        {"sorting", 0},
                        {"layout", layout},
                        {"hideDisabled", false},
                        {"techniques", std::move(techniques)},
                        {"gradient", gradient},
                        {"legendItems", legend},
                        {"selectTechniquesAcrossTactics", false},
                        {"selectSubtechniquesWithParent", false},
                        {"selectVisibleTechniques", false},
                        {"metadata", List{}}}) +
         "\n";
}

}  // namespace picket
