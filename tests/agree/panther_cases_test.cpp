// The conformance cases of Panther's YAML detections by both engines: all rules of a file as one set, each over the
// events of all of them.
#include <string>

#include "engine/event/time.hpp"
#include "tests/agree/shrink.hpp"
#include "tests/catch.hpp"
#include "tests/conformance/panther_cases.hpp"

namespace picket::tests {
namespace {

TEST_CASE("the engines agree on Panther's conditions") {
  Tally tally;
  std::size_t cases = 0;
  for (const PantherFile& file : read_panther_files()) {
    Scenario scenario;
    scenario.options.log_type = panther_log_type;
    scenario.options.steps = 50'000'000;
    scenario.now = *parse_time("2026-01-31T12:00:00Z");
    for (const PantherCase& tested : file.cases) {
      if (!tested.rule) continue;
      scenario.pack.rules.push_back(*tested.rule);
      for (const PantherEvent& event : tested.events) {
        ++cases;
        scenario.steps.push_back({.text = to_json(event.event), .block = false});
      }
    }
    REQUIRE(check_agreement(scenario, file.name, tally));
  }
  WARN(cases << " cases: " << tally.words());
  CHECK(cases > 1'500);
  CHECK(tally.matches > cases);
}

}  // namespace
}  // namespace picket::tests
