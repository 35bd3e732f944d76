// `picket test`, `check` and `explain` as their users call them: what they print, where, and their exit statuses.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "engine/event/json.hpp"
#include "engine/frontend/schema.hpp"
#include "grammar/text/diagnostic.hpp"
#include "tests/catch.hpp"
#include "tests/front_door/program.hpp"
#include "tests/temporary_folder.hpp"

namespace picket::tests {
namespace {

constexpr std::string_view head =
    "AnalysisType: rule\nRuleID: Test.Token\nEnabled: true\nLogTypes: [Zendesk.Audit]\nSeverity: High\n"
    "Tags: [Tokens]\n";

std::string rule(const std::string& body, const std::string& id = "Test.Token") {
  std::string text = std::string(head) + body;
  text.replace(text.find("Test.Token"), 10, id);
  return text;
}

const std::string sound = "Condition: action eq \"create\"\nAlertTitle: \"token of {actor}\"\n";
const std::string tests_of_sound =
    "Tests:\n"
    "  - Name: A token is created\n    ExpectedResult: true\n    Log: {action: create, actor: dana}\n"
    "  - Name: A token is read\n    ExpectedResult: false\n    Log: {action: read, actor: dana}\n";

}  // namespace

TEST_CASE("help and version are results") {
  CHECK(picket({"--version"}).out.starts_with("picket "));
  const ProgramResult help = picket({"--help"});
  CHECK(help.status == 0);
  CHECK(holds(help.out, "Usage: picket COMMAND"));
  for (const char* command :
       {"test", "cover", "mutate", "trace", "check", "fmt", "plan", "attack", "explain", "completions", "man"}) {
    CHECK(holds(help.out, command));
    const ProgramResult one = picket({command, "--help"});
    CHECK(one.status == 0);
    CHECK(holds(one.out, std::string("Usage: picket ") + command));
    CHECK(one.out == picket({"help", command}).out);
  }
  CHECK(picket({}).status == 2);
}

TEST_CASE("what is mistyped on the command line is a usage error with a suggestion") {
  const ProgramResult command = picket({"tset"});
  CHECK(command.status == 2);
  CHECK(command.out.empty());
  CHECK(holds(command.err, "there is no command `tset`; did you mean `test`?"));
  const ProgramResult option = picket({"test", "--fromat", "json", "."});
  CHECK(option.status == 2);
  CHECK(holds(option.err, "there is no option `--fromat`; did you mean `--format`?"));
  const ProgramResult choice = picket({"check", "--format", "sarf", "."});
  CHECK(choice.status == 2);
  CHECK(holds(choice.err, "did you mean `sarif`?"));
  const ProgramResult severity = picket({"test", "--severity", "urgent", "."});
  CHECK(severity.status == 2);
  CHECK(holds(severity.err, "--severity `urgent`"));
}

TEST_CASE("passing tests are a quiet success") {
  const TemporaryFolder folder;
  folder.add("token.yml", rule(sound + tests_of_sound));
  const ProgramResult result = picket({"test", folder.path()});
  CHECK(result.status == 0);
  CHECK(result.out == "1 rule, 2 tests: 2 passed\n");
  CHECK(result.err.empty());
  CHECK(holds(picket({"test", "--verbose", folder.path()}).out, "pass A token is created"));
}

TEST_CASE("a failing test shows why, and where it stands") {
  const TemporaryFolder folder;
  const std::string file = folder.add("token.yml", rule("Condition: |\n  action eq \"create\"\n  actr eq \"dana\"\n"
                                                        "Tests:\n  - Name: Dana\n    ExpectedResult: true\n"
                                                        "    Log: {action: create, actor: dana}\n"));
  const ProgramResult result = picket({"test", folder.path()});
  CHECK(result.status == 1);
  CHECK(holds(result.out, "FAIL Test.Token: Dana\n  " + file + ":11:5\n  expected a match, got no match\n"));
  CHECK(holds(result.out, "true         8  action eq \"create\"\n"));
  CHECK(holds(result.out, "missing      9  actr eq \"dana\"\n"));
  CHECK(holds(result.out, "did you mean `actor`?"));
  CHECK(holds(result.out, "1 rule, 1 test: 1 failed\n"));
}

TEST_CASE("the JSON of test is what its document says") {
  const TemporaryFolder folder;
  const std::string file = folder.add("token.yml", rule(sound + tests_of_sound));
  folder.add("wrong.yml", rule("Condition: action eq \"x\"\nTests:\n  - Name: One\n    ExpectedResult: true\n"
                               "    Log: {action: create}\n",
                               "Test.Wrong"));
  folder.add("broken.yml", rule("Condition: action equals \"x\"\n", "Test.Broken"));
  const ProgramResult result = picket({"test", "--format", "json", folder.path()});
  CHECK(result.status == 1);
  const auto json = nlohmann::json::parse(result.out);
  CHECK(json.at("summary") ==
        nlohmann::json{{"rules", 2}, {"tests", 3}, {"passed", 2}, {"failed", 1}, {"skipped", 0}, {"errors", 1}});
  const auto& first = json.at("results").at(0);
  CHECK(first.at("rule_id") == "Test.Token");
  CHECK(first.at("test") == "A token is created");
  CHECK(first.at("file") == file);
  CHECK(first.at("line") == 10);
  CHECK(first.at("expected") == true);
  CHECK(first.at("actual") == true);
  CHECK(first.at("passed") == true);
  CHECK(first.at("alert") == nlohmann::json{{"title", "token of dana"},
                                            {"dedup", "token of dana"},
                                            {"severity", "HIGH"},
                                            {"context", nlohmann::json::object()}});
  CHECK(first.at("failures").empty());
  CHECK(json.at("results").at(1).at("alert").is_null());
  const auto& failure = json.at("results").at(2).at("failures").at(0);
  CHECK(failure.at("kind") == "verdict");
  CHECK(failure.at("comparisons").at(0).at("state") == "false");
  const auto& diagnostic = json.at("diagnostics").at(0);
  CHECK(diagnostic.at("code") == "unknown-operator");
  CHECK(diagnostic.at("level") == "error");
  CHECK(diagnostic.at("line") == 7);
  CHECK(diagnostic.at("column") == 19);
}

TEST_CASE("JUnit XML holds what events hold without breaking") {
  const TemporaryFolder folder;
  folder.add("token.yml", rule("Condition: action eq \"<&>\"\nTests:\n  - Name: \"a <b> & \\\"c\\\" \\e]\\0\"\n"
                               "    ExpectedResult: true\n    Log: {action: \"]]>\\e[31m\"}\n"));
  const ProgramResult result = picket({"test", "--format", "junit", folder.path()});
  CHECK(result.status == 1);
  CHECK(result.out.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites"));
  CHECK(holds(result.out, R"(name="a &lt;b&gt; &amp; &quot;c&quot; \x1b]\x00")"));
  CHECK(std::none_of(result.out.begin(), result.out.end(), [](char c) { return c >= 0 && c < ' ' && c != '\n'; }));
  CHECK(holds(result.out, "failures=\"1\""));
}

TEST_CASE("nothing that was not tested counts as passed") {
  const TemporaryFolder folder;
  folder.add("token.yml", rule(sound));
  const ProgramResult none = picket({"test", folder.path()});
  CHECK(none.status == 4);
  CHECK(holds(none.out, "1 rule without tests: Test.Token\n"));
  CHECK(holds(none.out, "1 rule, 0 tests: 0 passed\n"));
  folder.add("tested.yml", rule(sound + tests_of_sound, "Test.Tested"));
  CHECK(picket({"test", folder.path()}).status == 0);
  CHECK(picket({"test", "--min-tests", "1", folder.path()}).status == 1);

  // A rule in which something is wrong: its tests are skipped, not passed.
  folder.add("wrong.yml", rule("Condition: lowr(action) eq \"create\"\n" + tests_of_sound, "Test.Wrong"));
  const ProgramResult wrong = picket({"test", folder.path()});
  CHECK(wrong.status == 1);
  CHECK(holds(wrong.out, "3 rules, 4 tests: 2 passed, 2 skipped, 1 error\n"));

  // A Python rule is told of, skipped, and an error if strict.
  const TemporaryFolder python;
  python.add("python.yml", rule("Filename: token.py\n"));
  python.add("tested.yml", rule(sound + tests_of_sound, "Test.Tested"));
  const ProgramResult skipped = picket({"test", python.path()});
  CHECK(skipped.status == 0);
  CHECK(holds(skipped.out, "1 rule skipped"));
  CHECK(picket({"test", "--strict", python.path()}).status == 1);

  // Where there is nothing else, nothing was tested.
  const TemporaryFolder alone;
  alone.add("python.yml", rule("Filename: token.py\n" + tests_of_sound));
  const ProgramResult untested = picket({"test", alone.path()});
  CHECK(untested.status == 4);
  CHECK(holds(untested.out, "0 rules, 2 tests: 2 skipped\n"));
  CHECK(holds(untested.err, "picket test: no tests were run: 2 tests skipped\n"));
}

TEST_CASE("selection: what fits is run, and nothing selected has a status of its own") {
  const TemporaryFolder folder;
  folder.add("first/token.yml", rule(sound + tests_of_sound));
  folder.add("second/other.yml", rule(sound + tests_of_sound, "Test.Other"));
  const auto counts = [&](std::vector<std::string> more) {
    more.insert(more.begin(), "test");
    more.push_back(folder.path());
    const ProgramResult result = picket(more);
    return std::to_string(result.status) + " " + result.out;
  };
  CHECK(counts({}) == "0 2 rules, 4 tests: 4 passed\n");
  CHECK(counts({"--id", "Test.Other"}) == "0 1 rule, 2 tests: 2 passed\n");
  CHECK(counts({"--id", "Test.Other", "--id", "*Token"}) == "0 2 rules, 4 tests: 4 passed\n");
  CHECK(counts({"--path", "/second/"}) == "0 1 rule, 2 tests: 2 passed\n");
  CHECK(counts({"--test", "*created"}) == "0 2 rules, 2 tests: 2 passed\n");
  CHECK(counts({"--tag", "tokens", "--severity", "high", "--log-type", "Zendesk.*"}) ==
        "0 2 rules, 4 tests: 4 passed\n");
  CHECK(counts({"--severity", "low"}) == "4 0 rules, 0 tests: 0 passed\n");
  const ProgramResult mistyped = picket({"test", "--id", "Test.Othre", folder.path()});
  CHECK(mistyped.status == 4);
  CHECK(holds(mistyped.err, "did you mean `Test.Other`?"));
}

TEST_CASE("statuses of runs that could not be") {
  const TemporaryFolder folder;
  CHECK(picket({"test", folder.path("missing")}).status == 2);
  CHECK(picket({"check", folder.path("missing")}).status == 2);
  CHECK(picket({"test", folder.path()}).status == 4);
  CHECK(picket({"check", folder.path()}).status == 4);
}

TEST_CASE("check reports in every format, and counts on standard error") {
  const TemporaryFolder folder;
  const std::string file = folder.add("token.yml", rule("Condition: action equals \"create\"\n"));
  const ProgramResult human = picket({"check", folder.path()});
  CHECK(human.status == 1);
  CHECK(human.out == file +
                         ":7:19: error[unknown-operator]: `equals` is no operator\n"
                         "   7 | Condition: action equals \"create\"\n"
                         "     |                   ^^^^^^ did you mean `eq`?\n\n");
  CHECK(human.err == "1 error in 1 file\n");
  const auto json = nlohmann::json::parse(picket({"check", "--format", "json", folder.path()}).out);
  CHECK(json.at("diagnostics").at(0).at("fixes").at(0).at("replacement") == "eq");
  CHECK(picket({"check", "--format", "github", folder.path()}).out.starts_with("::error file="));
  const auto sarif = nlohmann::json::parse(picket({"check", "--format", "sarif", folder.path()}).out);
  CHECK(sarif.at("runs").at(0).at("results").size() == 1);
}

TEST_CASE("warnings are errors only if asked to be") {
  const TemporaryFolder folder;
  folder.add("token.yml", rule("Condition: action in [\"create\"]\n"));
  CHECK(picket({"check", folder.path()}).status == 0);
  CHECK(picket({"check", "--deny-warnings", folder.path()}).status == 1);
}

TEST_CASE("check tells of rules that no value leads to, test does not") {
  const TemporaryFolder folder;
  const std::string file = folder.add("token.yml", rule("Condition: action ne \"create\"\n" + tests_of_sound));
  const ProgramResult checked = picket({"check", folder.path()});
  CHECK(checked.status == 0);
  CHECK(holds(checked.out, file +
                               ":7:12: warning[unindexed-condition]: this condition must be evaluated for every event "
                               "of its log type\n"));
  CHECK_FALSE(holds(picket({"test", folder.path()}).out, "warning"));

  // It names the log types, if it is for some.
  const std::string pack = (project_dir() / "tests/golden/broken/packs/unindexed_for_one").string();
  CHECK(holds(picket({"check", pack}).out, "for every event of `Zendesk.Audit`, though not of its other log type\n"));

  // Policies, and rules on the results of queries, judge each of what they are given; disabled rules judge nothing.
  const TemporaryFolder others;
  others.add("policy.yml",
             "AnalysisType: policy\nPolicyID: Test.Policy\nEnabled: true\nResourceTypes: [AWS.S3.Bucket]\n"
             "Severity: Low\nCondition: Policy ne \"open\"\n");
  others.add("query.yml",
             "AnalysisType: scheduled_rule\nRuleID: Test.Query\nEnabled: true\nScheduledQueries: [Q]\n"
             "Severity: Low\nCondition: found ne 1\n");
  std::string disabled = rule("Condition: action ne \"create\"\n");
  disabled.replace(disabled.find("Enabled: true"), 13, "Enabled: false");
  others.add("disabled.yml", disabled);
  CHECK(picket({"check", others.path()}).err == "3 files: no errors, no warnings\n");
}

TEST_CASE("colour is for terminals, or for who asks") {
  const TemporaryFolder folder;
  folder.add("token.yml", rule("Condition: action equals \"create\"\n"));
  CHECK_FALSE(holds(picket({"check", folder.path()}).out, "\x1b["));
  CHECK(holds(picket({"check", "--color", "always", folder.path()}).out, "\x1b["));
}

TEST_CASE("what events and rules hold cannot steer the terminal") {
  const TemporaryFolder folder;
  folder.add("token.yml",
             rule("Condition: action eq \"x\"\nTests:\n  - Name: \"evil \\e[2J\"\n    ExpectedResult: true\n"
                  "    Log: {action: \"\\e]0;owned\\a \\u202e\"}\n"));
  const ProgramResult result = picket({"test", folder.path()});
  CHECK(result.status == 1);
  CHECK(result.out.find('\x1b') == std::string::npos);
  CHECK(result.out.find('\a') == std::string::npos);
  CHECK_FALSE(holds(result.out, "\xE2\x80\xAE"));
}

TEST_CASE("a reader that goes away is no error") {
  ProgramCall call;
  call.arguments = {"explain", "--list"};
  call.read_at_most = 10;
  const ProgramResult result = run_picket(call);
  CHECK(result.status == 0);
  CHECK(result.err.empty());
}

TEST_CASE("explain shows pages, lists codes and suggests") {
  const ProgramResult page = picket({"explain", "unknown-operator"});
  CHECK(page.status == 0);
  CHECK(holds(page.out, "unknown-operator"));
  CHECK(holds(page.out, "## Bad"));
  const ProgramResult list = picket({"explain", "--list"});
  CHECK(static_cast<std::size_t>(std::count(list.out.begin(), list.out.end(), '\n')) == diagnostic_codes().size());
  const ProgramResult typo = picket({"explain", "unknown-operater"});
  CHECK(typo.status == 2);
  CHECK(holds(typo.err, "did you mean `unknown-operator`?"));
  CHECK(picket({"explain"}).status == 2);
}

TEST_CASE("schema prints one JSON document, for people too") {
  const ProgramResult result = picket({"schema"});
  CHECK(result.status == 0);
  CHECK(result.out.starts_with("{\n  \"$schema\": \"http://json-schema.org/draft-07/schema#\",\n"));
  const auto read = read_json(result.out);
  REQUIRE(std::holds_alternative<Value>(read));
  CHECK(std::get<Value>(read) == analysis_schema());
  CHECK(picket({"schema", "more"}).status == 2);
}

TEST_CASE("paths that cannot be read are the two faults that no file can show") {
  const TemporaryFolder folder;
  const std::string missing = folder.path("ruels");
  CHECK(picket({"check", missing}).out.starts_with(missing + ": error[no-such-file]"));
  // Reading its own memory from the beginning fails for every process, root's too.
  const ProgramResult unreadable = picket({"check", "/proc/self/mem"});
  CHECK(unreadable.status == 2);
  CHECK(holds(unreadable.out, "error[unreadable-file]"));
}

}  // namespace picket::tests
