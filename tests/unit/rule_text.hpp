// The text of a rule, from its condition and the events of its tests.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

namespace picket::tests {

// A test, t0, t1 …, for each event: flow YAML, with a '+' before it where the rule is to match. `more` are further keys
// (`Let`), whole lines.
[[nodiscard]] inline std::string rule_text(const std::string& condition, const std::vector<std::string>& events,
                                           const std::string& more = "", const std::string& id = "A.B") {
  std::string text = "AnalysisType: rule\nRuleID: " + id + "\nEnabled: true\nLogTypes: [Test]\nSeverity: Low\n" + more +
                     "Condition: |\n";
  for (std::size_t at = 0; at < condition.size();) {
    const std::size_t end = std::min(condition.find('\n', at), condition.size());
    text += "  " + condition.substr(at, end - at) + "\n";
    at = end + 1;
  }
  if (!events.empty()) text += "Tests:\n";
  for (std::size_t i = 0; i < events.size(); ++i) {
    const bool expected = events[i].starts_with('+');
    text += "  - Name: t" + std::to_string(i) + "\n    ExpectedResult: " + (expected ? "true" : "false") +
            "\n    Log: " + events[i].substr(expected ? 1 : 0) + "\n";
  }
  return text;
}

}  // namespace picket::tests
