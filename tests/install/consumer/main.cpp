// The smallest program that embeds Picket: one rule from a text, one event from a text, one alert on stdout.
#include <iostream>
#include <memory>
#include <string>
#include <variant>

#include "engine/analyse/analyse.hpp"
#include "engine/eval/interpret.hpp"
#include "engine/eval/judge.hpp"
#include "engine/event/json.hpp"
#include "engine/pack/pack.hpp"

namespace {

const std::string rule_text = R"(AnalysisType: rule
RuleID: Example.TokenCreated
Enabled: true
LogTypes: [Example.Audit]
Severity: Medium
Condition: |
  source_type eq "api_token"
  action in ["create", "destroy"]
AlertTitle: "{user.name} did {action} an API token"
)";

const std::string event_text = R"({"source_type": "api_token", "action": "create", "user": {"name": "Zo\u00eb"}})";

int complain(const picket::Diagnostics& diagnostics) {
  for (const picket::Diagnostic& diagnostic : diagnostics.all()) {
    const picket::LineColumn at = diagnostic.source->locate(diagnostic.span.begin);
    std::cerr << diagnostic.source->name() << ':' << at.line << ':' << at.column << ": " << diagnostic.message << '\n';
  }
  return 1;
}

}  // namespace

int main() {
  picket::Diagnostics diagnostics;
  const auto source = std::make_shared<const picket::Source>("token_created.yml", rule_text);
  auto pack = std::make_shared<const picket::Pack>(picket::load_sources({source}, {}, diagnostics));
  const picket::CheckedPack checked = picket::analyse(pack, {}, diagnostics);
  if (diagnostics.has_errors()) return complain(diagnostics);

  const auto event = picket::read_json(event_text);
  if (const auto* error = std::get_if<picket::JsonError>(&event)) {
    std::cerr << "event: " << error->reason << '\n';
    return 1;
  }

  picket::Interpreter interpreter(checked);
  interpreter.start({.event = &std::get<picket::Value>(event), .log_type = "Example.Audit", .now = {}});
  for (const picket::CheckedRule& rule : checked.rules) {
    if (!picket::alerts(*rule.rule, interpreter.holds(rule.condition))) continue;
    const picket::AlertTexts texts = picket::alert_texts(interpreter, rule);
    std::cout << rule.rule->id.value << ": " << texts.title << " (" << picket::spelling(texts.severity) << ")\n";
  }
  return 0;
}
