// The survivors as findings, and the table of formats of `picket mutate`.
#include <array>

#include "tools/mutate/mutate_report.hpp"
#include "tools/report/findings.hpp"
#include "tools/report/rule_cases.hpp"

namespace picket {
namespace {

// "`action in ["create", "destroy"]` could be `action in ["create"]`", from the lines of the diff.
std::string mistake_in_words(const MutantResult& mutant, const Source& source) {
  std::string before;
  std::string after;
  for (const std::string& line : diff_of(mutant, source)) {
    std::string& side = line.starts_with('-') ? before : after;
    const std::size_t begin = line.find_first_not_of(" \t", 1);
    if (begin != std::string::npos) side += (side.empty() ? "" : " ") + line.substr(begin);
  }
  return after.empty() ? "`" + before + "` could be left out" : "`" + before + "` could be `" + after + "`";
}

std::vector<const RuleMetadata*> rules_of(const MutateReport& report) {
  std::vector<const RuleMetadata*> rules;
  for (const RuleMutation& mutation : report.rules) rules.push_back(&mutation.about());
  return rules;
}

}  // namespace

std::vector<Finding> findings_of(const MutateReport& report) {
  std::vector<Finding> findings;
  for (const RuleMutation& mutation : report.rules) {
    const RuleMetadata& rule = mutation.about();
    for (const MutantResult& mutant : mutation.mutants) {
      if (mutant.fate != Fate::survived) continue;
      Finding finding = finding_of(surviving_mutant, rule, mutant.span);
      finding.message = mistake_in_words(mutant, *rule.source) + ", and no test would fail";
      finding.details.push_back(killer_in_words(mutant));
      findings.push_back(std::move(finding));
    }
  }
  return findings;
}

std::span<const Format<MutateReport>> mutate_formats() {
  static constexpr std::array<Format<MutateReport>, 7> table{{
      {"human", "for people: each survivor as a diff", human_mutate},
      {"concise", "a line for each survivor, as compilers write it",
       [](const MutateReport& report, const Canvas&) { return concise_report(findings_of(report)); }},
      {"json", "for programs; tools/README.md documents it",
       [](const MutateReport& report, const Canvas&) { return json_mutate(report); }},
      {"junit", "JUnit XML: a case for each rule, which fails if a mutant survives",
       [](const MutateReport& report, const Canvas&) {
         return junit_of_rules("picket mutate", rules_of(report), findings_of(report));
       }},
      {"tap", "the Test Anything Protocol, version 13: a point for each rule",
       [](const MutateReport& report, const Canvas&) { return tap_of_rules(rules_of(report), findings_of(report)); }},
      {"github", "warnings for GitHub Actions, those of the severest rules first",
       [](const MutateReport& report, const Canvas&) { return github_report(findings_of(report)); }},
      {"sarif", "SARIF 2.1.0, for code hosts",
       [](const MutateReport& report, const Canvas&) { return sarif_report(findings_of(report)); }},
  }};
  return table;
}

}  // namespace picket
