// Findings as a table of GitHub's Markdown.
#include <algorithm>

#include "tools/report/findings.hpp"
#include "tools/report/markdown.hpp"

namespace picket {

std::string markdown_table(std::span<const Finding> findings, std::size_t most) {
  if (findings.empty()) return {};
  std::string text = "| Where | What | |\n|---|---|---|\n";
  const std::vector<Finding> ordered = by_importance(findings);
  const std::size_t shown = std::min(most, ordered.size());
  for (std::size_t i = 0; i < shown; ++i) {
    const Finding& finding = ordered[i];
    const LineColumn place = finding.source->locate(finding.span.begin);
    text += "| " + markdown_text(finding.source->name() + ":" + std::to_string(place.line)) + " | ";
    if (!finding.subject.empty()) text += "**" + markdown_text(finding.subject) + "**<br>";
    text += markdown_text(finding.message) + " | " + std::string(spelling(finding.level)) + " " +
            markdown_text(finding.code) + " |\n";
  }
  if (shown < ordered.size()) text += "\nand " + std::to_string(ordered.size() - shown) + " more\n";
  return text;
}

}  // namespace picket
