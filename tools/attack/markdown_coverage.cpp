// AttackCoverage as a page for people who read it elsewhere: a wiki, a pull request.
#include <string_view>

#include "tools/attack/coverage_report.hpp"
#include "tools/report/counted.hpp"
#include "tools/report/markdown.hpp"

namespace picket {
namespace {

std::string share_text(const AttackShare& share) {
  return std::to_string(share.covered) + " of " + std::to_string(share.known);
}

void add_row(const TechniqueCoverage& technique, bool all, std::string& text) {
  if (!all && !technique.covered()) return;
  const auto severity = technique.severity();
  std::string ids;
  for (const ClaimingRule& rule : technique.rules) ids += (ids.empty() ? "" : ", ") + markdown_text(rule.id);
  text += "| " + technique.technique->id + " | " + markdown_text(technique.technique->name) + " | " +
          std::string(severity ? spelling(*severity) : "") + " | " + ids + " |\n";
  for (const TechniqueCoverage& sub : technique.subs) add_row(sub, all, text);
}

}  // namespace

std::string markdown_coverage(const AttackCoverage& coverage, bool all) {
  std::string text =
      "# ATT&CK coverage\n\n" + share_text(coverage.techniques) + " techniques and " +
      share_text(coverage.sub_techniques) + " sub-techniques of " + markdown_text(coverage.table->title()) + ", by " +
      counted(coverage.rules - coverage.without.size(), "rule") + ".\n\n| Tactic | | Techniques |\n|---|---|---|\n";
  for (const TacticCoverage& column : coverage.tactics) {
    text += "| " + markdown_text(column.tactic->name) + " | " + column.tactic->id + " | " + share_text(column.share) +
            (column.tactic->partial ? " known; the tactic has more |\n" : " |\n");
  }
  for (const TacticCoverage& column : coverage.tactics) {
    if (!all && column.share.covered == 0) continue;
    text +=
        "\n## " + markdown_text(column.tactic->name) + "\n\n| Id | Technique | Severity | Rules |\n|---|---|---|---|\n";
    for (const TechniqueCoverage& technique : column.techniques) add_row(technique, all, text);
  }
  return text;
}

}  // namespace picket
