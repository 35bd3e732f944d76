// `picket cover` as its users call it: what it prints is that of tests/golden/cover, and its exit statuses.
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/catch.hpp"
#include "tests/front_door/golden_commands.hpp"
#include "tests/front_door/program.hpp"
#include "tests/temporary_folder.hpp"

namespace picket::tests {
namespace {

ProgramResult cover(std::vector<std::string> more) {
  more.insert(more.begin(), {"cover", (project_dir() / "tests/golden/cover/pack").string()});
  return picket(std::move(more));
}

}  // namespace

TEST_CASE("cover prints what its golden files hold") { CHECK(check_golden_commands("cover") >= 4); }

TEST_CASE("the JSON of cover is what its document says") {
  const auto json = nlohmann::json::parse(cover({"--format", "json"}).out);
  CHECK(json.at("summary").at("rules") == 3);
  CHECK(json.at("summary").at("tests") == 4);
  CHECK(json.at("summary").at("untested_rules") == 1);
  CHECK(json.at("summary").at("shares").at("values") == nlohmann::json{{"reached", 1}, {"all", 2}});
  const auto& token = json.at("rules").at(0);
  CHECK(token.at("rule_id") == "Cover.Token");
  CHECK(token.at("tests") == 2);
  const auto& action = token.at("parts").at(1);
  CHECK(action.at("kind") == "comparison");
  CHECK(action.at("line") == 8);
  CHECK(action.at("column") == 3);
  CHECK(action.at("text") == R"(action in ["create", "destroy"])");
  CHECK(action.at("true") == 1);
  CHECK(action.at("false") == 1);
  CHECK(action.at("mcdc") == true);
  CHECK(action.at("values").at(1) == nlohmann::json{{"value", "destroy"}, {"matched", 0}});
  CHECK(token.at("gaps") ==
        nlohmann::json::array({"`source_type eq \"api_token\"` was never false", "\"destroy\" never matched"}));
  CHECK(json.at("libraries").at(0).at("library_id") == "audit");
}

TEST_CASE("cover fails below a minimum, and says which") {
  const ProgramResult below = cover({"--min", "mcdc=80", "--min", "values=50"});
  CHECK(below.status == 1);
  CHECK_THAT(below.err,
             contains("picket cover: mcdc is ") && contains("less than the 80 % asked for") && !contains("values"));
  CHECK(cover({"--min", "values=50"}).status == 0);
  const ProgramResult measure = cover({"--min", "mcdx=80"});
  CHECK(measure.status == 2);
  CHECK_THAT(measure.err, contains("there is no measure `mcdx`; did you mean `mcdc`?"));
  for (const char* bad : {"mcdc", "mcdc=", "mcdc=x", "mcdc=101", "mcdc=-1", "mcdc=80%"}) {
    INFO(bad);
    CHECK(cover({"--min", bad}).status == 2);
  }
}

TEST_CASE("cover says what it could not do") {
  const ProgramResult none = cover({"--id", "Cover.Tokn"});
  CHECK(none.status == 4);
  CHECK_THAT(none.err, contains("did you mean `Cover.Token`?"));
  const TemporaryFolder folder;
  folder.add("failing.yml",
             "AnalysisType: rule\nRuleID: Failing\nEnabled: true\nLogTypes: [A]\nSeverity: Low\nCondition: a eq 1\n"
             "Tests: [{Name: wrong, ExpectedResult: false, Log: {a: 1}}]\n");
  ProgramCall call;
  call.arguments = {"cover", folder.path()};
  const ProgramResult failing = run_picket(call);
  CHECK(failing.status == 0);
  CHECK_THAT(failing.err, contains("1 test fails"));
}

}  // namespace picket::tests
