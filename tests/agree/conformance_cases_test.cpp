// The conformance suite by both engines: the cases of a file as rules of one set, each over the events of all of them.
#include <algorithm>
#include <filesystem>

#include "engine/event/time.hpp"
#include "tests/agree/draft.hpp"
#include "tests/agree/shrink.hpp"
#include "tests/catch.hpp"
#include "tests/conformance/case_file.hpp"

namespace picket::tests {
namespace {

constexpr const char* case_log_type = "Conformance.Case";

bool stands_alone(const ConformanceCase& tested) {
  return tested.libraries.empty() && !tested.has_model && tested.now == *parse_time("2026-01-31T12:00:00Z");
}

// What is evaluated, in every place of a rule that takes it: as condition, as title, as context.
std::vector<RuleDraft> drafts_of(const ConformanceCase& tested) {
  RuleDraft draft;
  draft.log_types = {case_log_type};
  if (tested.remember) draft.remember_key = tested.remember->text;
  for (const NamedText& library : tested.libraries) draft.libraries.push_back(library.name);
  if (tested.let) draft.let = tested.let->text;
  const std::string& text = tested.text.text;
  RuleDraft always = draft;
  draft.id = tested.place + "/condition";
  always.id = tested.place + "/text";
  switch (tested.evaluates) {
    case Evaluates::condition:
      draft.condition = text;
      return {draft};
    case Evaluates::expression:
      draft.condition = "(" + text + ")";
      always.alert_context = "value: (" + text + ")";
      return {draft, always};
    case Evaluates::text_template:
      always.alert_title = text;
      return {always};
    case Evaluates::context:
      always.alert_context = text;
      return {always};
  }
  return {};
}

Scenario empty_scenario(Time now) {
  Scenario scenario;
  scenario.options.log_type = case_log_type;
  scenario.options.steps = 50'000'000;
  scenario.now = now;
  return scenario;
}

void add_case(Scenario& scenario, const ConformanceCase& tested) {
  (void)add_rules(scenario.pack, drafts_of(tested));
  scenario.steps.push_back({.text = to_json(tested.event), .block = false});
}

Scenario scenario_of(const ConformanceCase& tested) {
  Scenario scenario = empty_scenario(tested.now);
  for (const NamedText& library : tested.libraries) {
    scenario.pack.libraries.push_back(parse_library(library.name, library.text.text));
  }
  if (tested.has_model) {
    std::vector<NamedExpression> mappings;
    for (const Mapping& mapping : tested.model) mappings.push_back({mapping.name, mapping.text.text});
    scenario.pack.data_models.push_back(parse_data_model("Conformance.Model", {case_log_type}, mappings));
  }
  add_case(scenario, tested);
  return scenario;
}

TEST_CASE("the engines agree on the conformance suite") {
  Tally tally;
  std::size_t cases = 0;
  bool agreed = true;
  for (const auto& entry : std::filesystem::directory_iterator(project_dir() / "tests" / "conformance")) {
    if (entry.path().extension() != ".yml" || !agreed) continue;
    const CaseFile file = read_case_file(entry.path());
    Scenario together = empty_scenario(*parse_time("2026-01-31T12:00:00Z"));
    for (const ConformanceCase& tested : file.cases) {
      if (tested.expected.error || !tested.mocks.empty()) continue;
      ++cases;
      if (stands_alone(tested)) {
        add_case(together, tested);
      } else {
        agreed = agreed && check_agreement(scenario_of(tested), tested.place, tally);
      }
    }
    agreed = agreed && check_agreement(together, file.name, tally);
  }
  WARN(cases << " cases: " << tally.words());
  CHECK(cases > 600);
  CHECK(tally.rules > cases);
  CHECK(tally.matches > cases);
}

}  // namespace
}  // namespace picket::tests
