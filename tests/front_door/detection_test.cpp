// Rules with a `Detection` on the command line: what reports tell of Panther's conditions, as tests/golden/panther
// holds it.
#include <nlohmann/json.hpp>
#include <string>

#include "tests/catch.hpp"
#include "tests/front_door/golden_commands.hpp"
#include "tests/front_door/program.hpp"

namespace picket::tests {

TEST_CASE("reports on Panther's conditions print what their golden files hold") {
  CHECK(check_golden_commands("panther") >= 4);
}

TEST_CASE("a failing test's JSON has one entry for each condition that is written") {
  const std::string file = (project_dir() / "tests/golden/panther/conditions.yml").string();
  const auto report = nlohmann::json::parse(picket({"test", "--format", "json", file}).out);
  const auto& result = report.at("results").at(1);
  CHECK(result.at("test") == "Negations");
  const auto& comparisons = result.at("failures").at(0).at("comparisons");
  CHECK(comparisons.size() == 17);
  const auto& negation = comparisons.at(2);
  CHECK(negation.at("text") == "{Key: user, Condition: DoesNotContain, Value: svc}");
  CHECK(negation.at("state") == "false");
  CHECK(negation.at("actual") == "\"svc-1\"");
  CHECK(negation.at("note").is_null());
}

}  // namespace picket::tests
