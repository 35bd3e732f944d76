// One thing that a command reports of a place in a file, whatever found it: what lines, annotations and SARIF logs are
// made of.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/frontend/rule.hpp"
#include "grammar/text/diagnostic.hpp"

namespace picket {

// What is found by other means than diagnostics, which have their own table.
struct FindingKind {
  std::string_view code;
  Level level;
  std::string_view title;  // one line, no full stop
};
inline constexpr FindingKind failing_test{"failed-test", Level::error, "a test of a rule fails"};
inline constexpr FindingKind untried_part{"untried-part", Level::note, "tests leave a part of a condition untried"};
inline constexpr FindingKind surviving_mutant{"surviving-mutant", Level::warning,
                                              "a mistake in a rule that no test would notice"};
// All of them.
[[nodiscard]] std::span<const FindingKind> finding_kinds();

struct Finding {
  std::string_view code;  // a diagnostic's, or a kind's
  Level level = Level::error;
  SourcePtr source;
  SourceSpan span;
  std::string subject;               // whose it is: a rule's id, with a test's name; empty for diagnostics
  std::string message;               // one sentence
  std::vector<std::string> details;  // lines that say more
  std::optional<Severity> severity;  // of the rule; diagnostics have none
  const Diagnostic* diagnostic = nullptr;
};

[[nodiscard]] Finding finding_of(const Diagnostic& diagnostic);
[[nodiscard]] std::vector<Finding> findings_of(std::span<const Diagnostic> diagnostics);
// A finding about `rule`.
[[nodiscard]] Finding finding_of(const FindingKind& kind, const RuleMetadata& rule, SourceSpan span);

}  // namespace picket
