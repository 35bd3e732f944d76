// `picket mutate` as its users call it: what it prints is that of tests/golden/mutate, and its exit statuses.
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/catch.hpp"
#include "tests/front_door/golden_commands.hpp"
#include "tests/front_door/program.hpp"
#include "tests/temporary_folder.hpp"

namespace picket::tests {
namespace {

ProgramResult mutate(std::vector<std::string> more) {
  more.insert(more.begin(), {"mutate", (project_dir() / "tests/golden/mutate/pack").string()});
  return picket(std::move(more));
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
    if (mutant.at("diff") != nlohmann::json{R"(-   action in ["create", "destroy"])", R"(+   action in ["create"])"})
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

TEST_CASE("tests are written for what survives, and then nothing does") {
  const TemporaryFolder folder;
  folder.add("token.yml",
             "# the head stays\nAnalysisType: rule\nRuleID: Write.Token\nEnabled: true\nLogTypes: [Zendesk.Audit]\n"
             "Severity: High\nCondition: |\n  source_type eq \"api_token\"\n  action in [\"create\", \"destroy\"]\n"
             "Tests:\n  - Name: created\n    ExpectedResult: true\n    Log: {source_type: api_token, action: create}\n"
             "  - Name: renamed\n    ExpectedResult: false\n    Log: {source_type: api_token, action: update}\n");
  const auto run = [&](std::vector<std::string> arguments) {
    arguments.push_back(folder.path());
    return picket(std::move(arguments));
  };
  const ProgramResult first = run({"mutate", "--write-tests"});
  CHECK(first.status == 0);
  CHECK_THAT(first.err, contains("added 5 tests to "));
  const ProgramResult tests = run({"test"});
  CHECK(tests.status == 0);
  CHECK(tests.out == "1 rule, 7 tests: 7 passed\n");
  CHECK(run({"mutate", "--min", "100"}).status == 0);
  CHECK(run({"cover", "--min", "mcdc=100", "--min", "values=100"}).status == 0);
  CHECK(run({"fmt", "--check"}).status == 0);
  // There is nothing left to write.
  const ProgramResult again = run({"mutate", "--write-tests"});
  CHECK(again.err.empty());
}

TEST_CASE("tests are written for what a rule counts, and for correlation rules") {
  const TemporaryFolder folder;
  const auto pack = project_dir() / "tests/golden/mutate/pack";
  for (const auto& file : std::filesystem::directory_iterator(pack)) {
    folder.add(file.path().filename().string(), read_file(file.path().string()));
  }
  const ProgramResult first = picket({"mutate", "--write-tests", folder.path()});
  CHECK(first.status == 0);
  CHECK_THAT(first.err, contains("counted.yml") && contains("entrenched.yml") && contains("in_order.yml"));
  CHECK(picket({"test", folder.path()}).status == 0);
  CHECK(picket({"fmt", "--check", folder.path()}).status == 0);
  CHECK(picket({"mutate", "--min", "100", folder.path()}).status == 0);
}

TEST_CASE("no test is written that would fail where it is inherited, or take the place of those that are") {
  const TemporaryFolder folder;
  const std::string base =
      "AnalysisType: rule\nRuleID: D.Base\nEnabled: true\nLogTypes: [T]\nSeverity: Low\nCondition: a in [\"x\", "
      "\"y\"]\n"
      "Tests:\n  - {Name: one, ExpectedResult: true, Log: {a: x}}\n";
  const std::string derived =
      "AnalysisType: rule\nRuleID: D.Derived\nBaseDetection: D.Base\nSeverity: High\n"
      "InlineFilters:\n  - {KeyPath: a, Condition: DoesNotEqual, Value: \"y\"}\n";
  folder.add("base.yml", base);
  folder.add("derived.yml", derived);
  const ProgramResult result = picket({"mutate", "--write-tests", folder.path()});
  CHECK(result.status == 2);
  CHECK_THAT(result.err, contains("`D.Derived` inherits its tests, and") && contains("would fail there") &&
                             contains("its tests are those of the rule that it derives from"));
  CHECK(read_file(folder.path("base.yml")) == base);
  CHECK(read_file(folder.path("derived.yml")) == derived);
}

TEST_CASE("the difference is shown, however long the line") {
  const TemporaryFolder folder;
  std::string list;
  for (int i = 0; i < 30; ++i) list += (i == 0 ? "\"value" : ", \"value") + std::to_string(i) + "\"";
  folder.add("r.yml", "AnalysisType: rule\nRuleID: A\nEnabled: true\nLogTypes: [T]\nSeverity: Low\nCondition: a in [" +
                          list + "]\n");
  const std::string out = picket({"mutate", "-v", folder.path("r.yml")}).out;
  CHECK_THAT(out, contains("\"value28\", \"value29\"]\n") && contains("\"value28\"]\n"));
}

TEST_CASE("a report that was asked for is there though nothing was mutated or covered") {
  const TemporaryFolder folder;
  folder.add("broken.yml", "AnalysisType: rule\nRuleID: A\n");
  for (const std::string command : {"mutate", "cover"}) {
    INFO(command);
    const std::string report = folder.path(command + ".json");
    const ProgramResult result = picket({command, "--output", "json=" + report, folder.path("broken.yml")});
    CHECK(result.status == 1);
    CHECK(result.out.empty());
    CHECK(nlohmann::json::parse(read_file(report)).at("rules").empty());
    CHECK(picket({command, folder.path("none")}).status == 2);
  }
}

TEST_CASE("a file that cannot be written is left as it was, and told") {
  const TemporaryFolder folder;
  const std::string target = folder.path("target.txt");
  folder.add(
      "target.txt",
      "AnalysisType: rule\nRuleID: Write.Link\nEnabled: true\nLogTypes: [A]\nSeverity: Low\nCondition: a eq 1\n");
  std::filesystem::create_symlink(target, folder.path("link.yml"));
  ProgramCall call;
  call.arguments = {"mutate", "--write-tests", folder.path("link.yml")};
  const ProgramResult result = run_picket(call);
  CHECK(result.status == 2);
  CHECK_THAT(result.err, contains("link.yml is left as it was: "));
}

TEST_CASE("mutate fails below a minimum") {
  const ProgramResult below = mutate({"--min", "99"});
  CHECK(below.status == 1);
  CHECK_THAT(below.err, contains("less than the 99 % asked for"));
  CHECK(mutate({"--min", "1"}).status == 0);
  CHECK(mutate({"--min", "101"}).status == 2);
  CHECK(mutate({"--id", "Nobody"}).status == 4);
}

}  // namespace picket::tests
