// The conformance suite of Panther's YAML detections against the interpreter, and the suite against the table of
// conditions. tests/agree runs the same cases by the executor.
#include <memory>
#include <string>
#include <vector>

#include "engine/analyse/analyse.hpp"
#include "engine/eval/judge.hpp"
#include "engine/pack/pack.hpp"
#include "engine/simple/conditions.hpp"
#include "tests/catch.hpp"
#include "tests/conformance/panther_cases.hpp"

namespace picket::tests {
namespace {

Value said(const AlertTexts& texts, std::string_view key) {
  if (key == "title") return texts.title;
  if (key == "dedup") return texts.dedup;
  if (key == "severity") return alert_word(texts.severity);
  return texts.context;
}

std::string fault_of(Interpreter& interpreter, const CheckedRule& rule, const PantherEvent& event) {
  EvaluationInput input;
  input.event = &event.event;
  input.log_type = panther_log_type;
  interpreter.start(input);
  if (interpreter.holds(rule.condition) != event.holds) return event.holds ? "it does not hold" : "it holds";
  if (!event.alert) return {};
  const AlertTexts texts = alert_texts(interpreter, rule);
  for (const auto& [key, wanted] : event.alert->object()->entries()) {
    if (key == "event") continue;
    const Value actual = said(texts, key);
    if (actual != wanted) return "its " + key + " is " + to_json(actual) + ", not " + to_json(wanted);
  }
  return {};
}

// How many events were judged.
std::size_t check_case(const PantherCase& tested) {
  INFO(tested.place);
  if (!tested.expected_error.empty()) {
    CHECK(tested.errors == std::vector<std::string>{tested.expected_error});
    return 1;
  }
  CHECK(tested.errors == std::vector<std::string>{});
  if (!tested.rule) return 0;
  if (tested.tests) {
    std::vector<std::string> names;
    for (const RuleTest& test : tested.rule->tests) names.push_back(test.name.value);
    CHECK(names == *tested.tests);
  }
  auto pack = std::make_shared<Pack>();
  pack->rules.push_back(*tested.rule);
  Diagnostics diagnostics;
  const CheckedPack checked = analyse(std::move(pack), {.lints = false, .threads = 1}, diagnostics);
  CHECK_FALSE(diagnostics.has_errors());
  if (checked.rules.empty()) return 0;
  Interpreter interpreter(checked);
  for (const PantherEvent& event : tested.events) {
    const std::string fault = fault_of(interpreter, checked.rules.front(), event);
    if (!fault.empty()) FAIL_CHECK(event.place << ": " << to_json(event.event) << ": " << fault);
  }
  return tested.events.size();
}

TEST_CASE("every case of Panther's conditions gives what it says") {
  std::size_t events = 0;
  for (const PantherFile& file : read_panther_files()) {
    for (const std::string& fault : file.faults) FAIL_CHECK(fault);
    for (const PantherCase& tested : file.cases) events += check_case(tested);
  }
  CHECK(events >= 1'500);
}

TEST_CASE("the cases ask every condition, with events that it holds for and others") {
  const auto files = read_panther_files();
  for (const simple::ConditionRow& row : simple::conditions()) {
    bool holds = false;
    bool fails = false;
    bool missing = row.operand == simple::ConditionOperand::nothing;
    for (const PantherFile& file : files) {
      for (const PantherCase& tested : file.cases) {
        if (tested.text.find(R"("Condition": ")" + std::string(row.spelling) + "\"") == std::string::npos) continue;
        for (const PantherEvent& event : tested.events) {
          holds = holds || event.holds;
          fails = fails || !event.holds;
          missing = missing || event.event == Value(Object{});
        }
      }
    }
    INFO(row.spelling);
    CHECK(holds);
    CHECK(fails);
    CHECK(missing);
  }
}

}  // namespace
}  // namespace picket::tests
