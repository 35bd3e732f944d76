#include "tools/report/finding.hpp"

#include <array>

namespace picket {

std::span<const FindingKind> finding_kinds() {
  static constexpr std::array kinds{failing_test, untried_part, surviving_mutant};
  return kinds;
}

Finding finding_of(const Diagnostic& diagnostic) {
  Finding finding{.code = row_of(diagnostic.code).word,
                  .level = diagnostic.level,
                  .source = diagnostic.source,
                  .span = diagnostic.span,
                  .subject = {},
                  .message = diagnostic.message,
                  .details = {},
                  .severity = {},
                  .diagnostic = &diagnostic};
  if (!diagnostic.help.empty()) finding.details.push_back("help: " + diagnostic.help);
  return finding;
}

std::vector<Finding> findings_of(std::span<const Diagnostic> diagnostics) {
  std::vector<Finding> findings;
  findings.reserve(diagnostics.size());
  for (const Diagnostic& diagnostic : diagnostics) findings.push_back(finding_of(diagnostic));
  return findings;
}

Finding finding_of(const FindingKind& kind, const RuleMetadata& rule, SourceSpan span) {
  return {.code = kind.code,
          .level = kind.level,
          .source = rule.source,
          .span = span,
          .subject = rule.id.value,
          .message = {},
          .details = {},
          .severity = rule.severity.value,
          .diagnostic = nullptr};
}

}  // namespace picket
