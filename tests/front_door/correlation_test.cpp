// Correlation rules on the command line: their tests in `picket test`, as tests/golden/correlation holds them, and what
// the other commands make of them.
#include <nlohmann/json.hpp>
#include <string>

#include "tests/catch.hpp"
#include "tests/front_door/golden_commands.hpp"
#include "tests/front_door/program.hpp"

namespace picket::tests {
namespace {

using picket::tests::contains;

std::string pack() { return (project_dir() / "tests/golden/correlation/pack").string(); }

}  // namespace

TEST_CASE("test prints of correlation rules what its golden files hold") {
  CHECK(check_golden_commands("correlation") >= 3);
}

TEST_CASE("the tests of correlation rules are counted and reported like others") {
  const ProgramResult result = picket({"test", "--format", "json", pack()});
  CHECK(result.status == 1);
  const auto json = nlohmann::json::parse(result.out);
  CHECK(json.at("summary").at("rules") == 6);
  CHECK(json.at("summary").at("tests") == 11);
  CHECK(json.at("summary").at("passed") == 6);
  CHECK(json.at("summary").at("failed") == 5);
  const auto& last = json.at("results").at(8);
  CHECK(last.at("rule_id") == "Secret.NotQuarantined");
  CHECK(last.at("test") == "Wrongly expects an alert");
  CHECK(last.at("expected") == true);
  CHECK(last.at("actual") == false);
  CHECK(last.at("alert").is_null());
  CHECK(last.at("failures").at(0).at("kind") == "verdict");
  CHECK(last.at("failures").at(0).at("details").at(0) == "`alice`: Absence item `Quarantined` had 1 signal");
  const std::string junit = picket({"test", "--format", "junit", pack()}).out;
  CHECK_THAT(junit, contains(R"(<testcase name="Nobody cares" classname="Secret.NotQuarantined")"));
  CHECK_THAT(junit, contains("Absence item `Quarantined` had 1 signal"));
}

TEST_CASE("correlation rules are chosen like others") {
  CHECK_THAT(picket({"test", "--id", "Login.Guessed", pack()}).out, contains("1 rule, 3 tests"));
  CHECK_THAT(picket({"test", "-E", "kind(correlation_rule) and severity(high)", pack()}).out,
             contains("2 rules, 7 tests"));
  CHECK_THAT(picket({"test", "--test", "Nobody*", pack()}).out, contains("1 rule, 1 test: 1 passed"));
  CHECK(picket({"test", "--id", "Login.Gusesed", pack()}).status == 4);
}

TEST_CASE("a correlation rule can be checked and tested without its rules") {
  const ProgramResult check = picket({"check", pack() + "/guessed.yml"});
  CHECK(check.status == 0);
  CHECK_THAT(check.out, contains("note[unknown-rule]") && contains("`Login.Failed` was not loaded"));
  CHECK_THAT(picket({"test", pack() + "/guessed.yml"}).out, contains("1 rule, 3 tests: 2 failed, 1 passed"));
  // A run has no other rules than those it is given, so that this one could never fire.
  const ProgramResult run = picket({"run", "--rules", pack() + "/guessed.yml"});
  CHECK(run.status == 2);
  CHECK_THAT(run.err, contains("error[unknown-rule]") && contains("nothing was judged"));
}

TEST_CASE("commands about events pass correlation rules over") {
  for (const std::string command : {"cover", "plan", "fmt", "attack"}) {
    INFO(command);
    const ProgramResult result = command == "fmt" ? picket({command, "--check", pack()}) : picket({command, pack()});
    CHECK(result.status <= 1);
    CHECK_THAT(result.err, !contains("internal"));
  }
  const ProgramResult alone = picket({"cover", "--id", "Login.Guessed", pack()});
  CHECK(alone.status == 4);
  CHECK_THAT(alone.err, contains("picket cover: correlation rules judge signals, not events"));
  CHECK_THAT(picket({"attack", "--format", "json", (project_dir() / "rules").string()}).out,
             contains("AWS.IAM.NewUserMadeAdministrator"));
}

}  // namespace picket::tests
