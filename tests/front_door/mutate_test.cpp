// `picket mutate` as its users call it: what it prints is that of tests/golden/mutate, and its exit statuses.
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/catch.hpp"
#include "tests/front_door/golden_commands.hpp"
#include "tests/front_door/program.hpp"

namespace picket::tests {
namespace {

ProgramResult mutate(std::vector<std::string> more) {
  more.insert(more.begin(), {"mutate", (project_dir() / "tests/golden/mutate/pack").string()});
  ProgramCall call;
  call.arguments = std::move(more);
  return run_picket(call);
}

}  // namespace

TEST_CASE("mutate prints what its golden files hold") { CHECK(check_golden_commands("mutate") >= 2); }

TEST_CASE("the JSON of mutate is what its document says") {
  const auto json = nlohmann::json::parse(mutate({"--id", "Mutate.Token", "--format", "json"}).out);
  const auto& summary = json.at("summary");
  CHECK(summary.at("rules") == 1);
  CHECK(summary.at("killed").get<int>() + summary.at("survived").get<int>() + summary.at("equivalent").get<int>() ==
        summary.at("mutants").get<int>());
  CHECK(summary.at("tests_written") == 0);
  const auto& rule = json.at("rules").at(0);
  CHECK(rule.at("rule_id") == "Mutate.Token");
  for (const auto& mutant : rule.at("mutants")) {
    if (mutant.at("diff") != nlohmann::json{"-   action in [\"create\", \"destroy\"]", "+   action in [\"create\"]"})
      continue;
    CHECK(mutant.at("mistake") == "value");
    CHECK(mutant.at("line") == 8);
    CHECK(mutant.at("column") == 24);
    CHECK(mutant.at("fate") == "survived");
    CHECK(mutant.at("killed_by").is_null());
    CHECK(mutant.at("killer").at("test") == "A token is created");
    CHECK(mutant.at("killer").at("changes") == nlohmann::json::array({{{"path", "action"}, {"value", "destroy"}}}));
    CHECK(mutant.at("killer").at("event") == nlohmann::json{{"source_type", "api_token"}, {"action", "destroy"}});
    CHECK(mutant.at("killer").at("verdict") == true);
    return;
  }
  FAIL("the mutant without \"destroy\" is missing");
}

TEST_CASE("mutate fails below a minimum") {
  const ProgramResult below = mutate({"--min", "99"});
  CHECK(below.status == 1);
  CHECK_THAT(below.err, Catch::Matchers::Contains("less than the 99 % asked for"));
  CHECK(mutate({"--min", "1"}).status == 0);
  CHECK(mutate({"--min", "101"}).status == 2);
  CHECK(mutate({"--id", "Nobody"}).status == 4);
}

}  // namespace picket::tests
