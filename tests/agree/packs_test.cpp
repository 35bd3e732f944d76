// The shipped packs over the events of their own tests and sample logs, by both engines.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/agree/respell.hpp"
#include "tests/agree/shipped.hpp"
#include "tests/agree/shrink.hpp"
#include "tests/catch.hpp"
#include "tests/unit/stream/framing.hpp"

namespace picket::tests {
namespace {

// Each event as it is, as every log type that the packs know, and respelled.
void add_event(Scenario& scenario, const Value& event, const std::vector<std::string>& log_types, Chance& chance) {
  scenario.steps.push_back({.text = to_json(event), .block = false});
  scenario.steps.push_back({.text = respelled(event, chance, {}), .block = false});
  for (const std::string& log_type : log_types) {
    scenario.steps.push_back({.text = to_json(with_log_type(event, log_type)), .block = false});
  }
}

TEST_CASE("the engines agree on the tests of the shipped rules") {
  Scenario scenario = shipped_rules();
  const std::vector<std::string> log_types = log_types_of(scenario.pack);
  Chance chance(agree_seed());
  std::string block;
  const std::vector<Rule> rules = scenario.pack.rules;
  for (const Rule& rule : rules) {
    for (const RuleTest& test : rule.tests) {
      add_event(scenario, test.event, log_types, chance);
      block += to_json(test.event) + "\n";
    }
  }
  scenario.steps.push_back({.text = block, .block = true});
  Tally tally;
  for (const std::string& log_type : log_types) {
    scenario.options.log_type = log_type;
    if (!check_agreement(scenario, "tests of the shipped rules as " + log_type, tally)) break;
  }
  WARN(tally.words());
  CHECK(tally.matches > 100);
  CHECK(tally.given_up == 0);
}

TEST_CASE("the engines agree on the shipped sample logs") {
  Scenario scenario = shipped_rules();
  for (const auto& entry : std::filesystem::recursive_directory_iterator(project_dir() / "rules")) {
    if (entry.path().parent_path().filename() != "samples") continue;
    std::ifstream stream(entry.path(), std::ios::binary);
    scenario.steps.push_back({.text = std::string(std::istreambuf_iterator<char>(stream), {}), .block = true});
  }
  REQUIRE(scenario.steps.size() >= 3);
  Tally tally;
  (void)check_agreement(scenario, "sample logs", tally);
  WARN(tally.words());
  CHECK(tally.matches > 3);
}

}  // namespace
}  // namespace picket::tests
