// `picket run` does not write over what it reads; and what its summary says of rules.
#include "tests/catch.hpp"
#include "tests/front_door/run_fixture.hpp"

using namespace picket::tests;
using picket::tests::contains;

namespace {

std::string line_of(int n) { return event(n) + "\n"; }

}  // namespace

TEST_CASE("an output that is an input or a file of the rules is refused, however it is spelt, and stays as it was") {
  const RunFixture fixture;
  const std::string log = fixture.folder.add("log.jsonl", line_of(1));
  const std::string other = fixture.folder.path("rules/../log.jsonl");
  for (const std::string option : {"--output", "--dead-letter", "--summary", "--state"}) {
    INFO(option);
    const ProgramResult result = fixture.run({option, other, log});
    CHECK(result.status == 2);
    CHECK_THAT(result.err, contains(option + " names " + other + ", which is an input"));
    CHECK(result.out.empty());
    CHECK(read_file(log) == line_of(1));
  }
  const std::string rule = fixture.folder.path("rules/hit.yml");
  const std::string before = read_file(rule);
  CHECK_THAT(fixture.run({"--output", rule, log}).err, contains("which is a file of the rules"));
  CHECK(read_file(rule) == before);
}

TEST_CASE("alerts in the folder of the inputs are no events of the next run") {
  const RunFixture fixture;
  fixture.folder.add("logs/a.jsonl", line_of(1) + line_of(2));
  const std::vector<std::string> options = {"--output", fixture.folder.path("logs/alerts.jsonl"), "--state",
                                            fixture.folder.path("state.db"), fixture.folder.path("logs")};
  CHECK(fixture.run(options).status == 0);
  const std::string first = read_file(fixture.folder.path("logs/alerts.jsonl"));
  CHECK(hits_of(first) == std::vector<int>{1, 2});
  const ProgramResult again = fixture.run(options);
  CHECK(again.status == 0);
  CHECK_THAT(again.err, contains("alerts.jsonl is no input: it is written to"));
  CHECK_THAT(again.err, contains("0 events"));
  CHECK(read_file(fixture.folder.path("logs/alerts.jsonl")) == first);
}

TEST_CASE("the summary names rules of any length, with the events that each judged") {
  const RunFixture fixture;
  fixture.folder.add("rules/hit.yml",
                     "AnalysisType: rule\nRuleID: R\nEnabled: true\nLogTypes: [Test]\nSeverity: High\n"
                     "Condition: hit eq true\n");
  const std::string log = fixture.folder.add("log.jsonl", line_of(1) + line_of(2) + "{\"hit\":false}\n");
  const ProgramResult result = fixture.run({"--summary", fixture.folder.path("s.json"), log});
  CHECK(result.status == 0);
  CHECK_THAT(result.err, contains("  alerts  matches     events  rule  first and last event\n"
                                  "       1        2          3  R  "));
  const nlohmann::json summary = json_lines(read_file(fixture.folder.path("s.json"))).at(0);
  CHECK(summary.at("rules").at(0).at("events") == 3);
}

TEST_CASE("the summary may be all that is written: for a look at what rules would have come to") {
  const RunFixture fixture;
  const std::string log = fixture.folder.add("log.jsonl", line_of(1) + line_of(2));
  const std::vector<std::string> asked = {"run", "-r", fixture.folder.path("rules"), "-t", "Test", "--format", "json",
                                          "-q",  log};
  const ProgramResult result = picket::tests::picket(asked);
  CHECK(result.status == 0);
  CHECK(result.err.empty());
  const std::vector<nlohmann::json> lines = json_lines(result.out);
  REQUIRE(lines.size() == 1);
  CHECK(lines.at(0).at("alerts") == 2);
  CHECK(lines.at(0).at("rules").at(0).at("rule_id") == "Test.Hit");
  std::vector<std::string> to_file = asked;
  to_file.insert(to_file.end(), {"--output", fixture.folder.path("s.json")});
  CHECK(picket::tests::picket(to_file).out.empty());
  CHECK(json_lines(read_file(fixture.folder.path("s.json"))).at(0).at("end") == "input_ended");
}
