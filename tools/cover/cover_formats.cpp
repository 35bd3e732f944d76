// What is left untried as findings, and the table of formats of `picket cover`.
#include <array>

#include "tools/cover/cover_report.hpp"
#include "tools/report/findings.hpp"
#include "tools/report/rule_cases.hpp"

namespace picket {
namespace {

std::vector<const RuleMetadata*> rules_of(const CoverReport& report) {
  std::vector<const RuleMetadata*> rules;
  for (const TextCoverage& text : report.coverage.rules) rules.push_back(text.rule->rule);
  return rules;
}

}  // namespace

std::vector<Finding> findings_of(const CoverReport& report) {
  std::vector<Finding> findings;
  for (const TextCoverage& text : report.coverage.rules) {
    const Rule& rule = *text.rule->rule;
    if (text.tests == 0) {
      Finding finding = finding_of(untried_part, rule, rule.id.span);
      finding.message = "the rule has no tests";
      findings.push_back(std::move(finding));
      continue;
    }
    for (const Gap& gap : gaps_of(text)) {
      Finding finding = finding_of(untried_part, rule, gap.site->span);
      finding.source = gap.site->source;
      finding.message = gap.words;
      findings.push_back(std::move(finding));
    }
  }
  return findings;
}

std::span<const Format<CoverReport>> cover_formats() {
  static constexpr std::array<Format<CoverReport>, 8> table{{
      {"human", "for people: a line for each rule, and a sign for each comparison", human_cover},
      {"concise", "a line for each part left untried, as compilers write it",
       [](const CoverReport& report, const Canvas&) { return concise_report(findings_of(report)); }},
      {"json", "for programs; tools/README.md documents it",
       [](const CoverReport& report, const Canvas&) { return json_cover(report); }},
      {"junit", "JUnit XML: a case for each rule, which fails if anything is left untried",
       [](const CoverReport& report, const Canvas&) {
         return junit_of_rules("picket cover", rules_of(report), findings_of(report));
       }},
      {"tap", "the Test Anything Protocol, version 13: a point for each rule",
       [](const CoverReport& report, const Canvas&) { return tap_of_rules(rules_of(report), findings_of(report)); }},
      {"lcov", "a tracefile, for genhtml and coverage services",
       [](const CoverReport& report, const Canvas&) { return lcov_cover(report); }},
      {"github", "notices for GitHub Actions, those of the severest rules first",
       [](const CoverReport& report, const Canvas&) { return github_report(findings_of(report)); }},
      {"sarif", "SARIF 2.1.0, for code hosts",
       [](const CoverReport& report, const Canvas&) { return sarif_report(findings_of(report)); }},
  }};
  return table;
}

}  // namespace picket
