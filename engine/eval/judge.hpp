// Judging an event by a rule: the verdict, and for a match the texts of the alert. (PANTHER format, alert semantics.)
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/analyse/checked.hpp"
#include "engine/eval/interpret.hpp"

namespace picket {

// What a match would say if it became an alert: texts cut to Panther's limits.
struct AlertTexts {
  std::string title;  // AlertTitle, else DisplayName, else RuleID; at most 1000 characters, cut with "... (truncated)"
  std::string dedup;  // Dedup, else the title if AlertTitle is given, else "defaultDedupString:<RuleID>"; same limit
  Severity severity{};      // DynamicSeverity unless null, DEFAULT or no severity; else Severity
  std::string description;  // AlertDescription, else Description; same limit
  std::string reference;
  std::string runbook;
  std::optional<std::string> unique;
  std::optional<std::vector<std::string>> destinations;
  Value context;  // AlertContext: an object; {} if there is none; {"_error": …} if its JSON is over 204,800 characters
};

// Whether a rule's condition being true is an alert. (For a policy, false is.)
[[nodiscard]] bool alerts(const Rule& rule, bool condition);

// REQUIRES: interpreter.start() was called for the event.
[[nodiscard]] AlertTexts alert_texts(Interpreter& interpreter, const CheckedRule& checked);

// What DynamicSeverity gives where that is no severity, null or DEFAULT: a fault of the rule that
// `AlertTexts::severity` passes over, and tests do not. REQUIRES: interpreter.start() was called for the event.
[[nodiscard]] std::optional<Value> odd_severity(Interpreter& interpreter, const CheckedRule& checked);

}  // namespace picket
