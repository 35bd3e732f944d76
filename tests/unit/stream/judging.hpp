// Rules from texts and a sink that remembers: for tests of judging.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/alert/sink.hpp"
#include "engine/analyse/analyse.hpp"
#include "engine/attack/attack_table.hpp"
#include "engine/pack/pack.hpp"
#include "engine/ruleset/ruleset.hpp"
#include "engine/state/rules_version.hpp"
#include "tests/catch.hpp"

namespace picket::tests {

// REQUIRES: texts of analysis files without errors.
inline std::shared_ptr<const RuleSet> rules_from(const std::vector<std::string>& texts) {
  std::vector<SourcePtr> sources;
  for (const std::string& text : texts) {
    sources.push_back(std::make_shared<const Source>("rule" + std::to_string(sources.size()) + ".yml", text));
  }
  Diagnostics diagnostics;
  auto pack = std::make_shared<const Pack>(load_sources(sources, {}, diagnostics));
  AnalysisOptions options;
  options.lints = false;
  auto checked = std::make_shared<const CheckedPack>(analyse(pack, options, diagnostics));
  for (const Diagnostic& diagnostic : diagnostics.all()) INFO(diagnostic.message);
  REQUIRE_FALSE(diagnostics.has_errors());
  return std::make_shared<const RuleSet>(checked);
}

// The same as it is published.
inline std::shared_ptr<const RulesVersion> version_from(const std::vector<std::string>& texts) {
  return std::make_shared<const RulesVersion>(rules_from(texts), *AttackTable::built_in());
}

// `keys` are further lines of the file.
inline std::string rule_text(const std::string& id, const std::string& log_types, const std::string& condition,
                             const std::string& keys = "") {
  return "AnalysisType: rule\nRuleID: " + id + "\nEnabled: true\nLogTypes: [" + log_types + "]\nSeverity: Low\n" +
         keys + "Condition: |\n  " + condition + "\n";
}

class RememberingSink : public AlertSink {
 public:
  [[nodiscard]] Delivery deliver(const Alert& alert) override {
    alerts.push_back(alert);
    return answer;
  }
  [[nodiscard]] Delivery flush() override { return answer; }

  std::vector<Alert> alerts;
  Delivery answer;
};

}  // namespace picket::tests
