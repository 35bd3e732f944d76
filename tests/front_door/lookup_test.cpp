// Lookup tables, from the command line: what events get of them, in tests and in runs, and what becomes of it when the
// rows change.
#include <csignal>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "tests/catch.hpp"
#include "tests/front_door/program.hpp"
#include "tests/front_door/watched_program.hpp"
#include "tests/temporary_folder.hpp"

namespace picket::tests {
namespace {

constexpr std::string_view table =
    "AnalysisType: lookup_table\nLookupName: people\nEnabled: true\nFilename: people.csv\nLogTypeMap:\n"
    "  PrimaryKey: name\n  AssociatedLogTypes: [{LogType: Test, Selectors: [user]}]\n";
constexpr std::string_view lookup_rule =
    "AnalysisType: rule\nRuleID: Any\nEnabled: true\nLogTypes: [Test]\nSeverity: Low\n"
    "Condition: p_enrichment.people.user.team eq \"core\"\nAlertTitle: \"{user} of {p_enrichment.people.user.team}\"\n"
    "Tests:\n"
    "  - {Name: of core, ExpectedResult: true, ExpectedTitle: ada of core, Log: {user: ada}}\n"
    "  - {Name: of nobody, ExpectedResult: false, Log: {user: eve}}\n"
    "  - {Name: mocked, ExpectedResult: true, Log: {user: eve, _mocked_lookup_data_: {people: {eve: {team: core}}}}}\n"
    "  - {Name: brought, ExpectedResult: false, Log: {user: ada, p_enrichment: {}}}\n";

void add_pack(const TemporaryFolder& folder) {
  folder.add("rules/table.yml", table);
  folder.add("rules/rule.yml", lookup_rule);
  folder.add("rules/people.csv", "name,team\nada,core\nbob,support\n");
}

std::vector<std::string> run(const std::string& rules) {
  return {"run", "--rules", rules, "--log-type", "Test", "--format", "jsonl"};
}

}  // namespace

TEST_CASE("rows of a lookup table are there for tests, runs and alerts, from a folder and from an archive") {
  const TemporaryFolder folder;
  add_pack(folder);
  const std::string archive = folder.path("pack.tar.gz");
  CHECK(picket({"check", folder.path("rules")}).status == 0);
  CHECK(picket({"pack", "build", folder.path("rules"), "-o", archive}).out == archive + ": 3 files, not signed\n");
  for (const std::string& rules : {folder.path("rules"), archive}) {
    CHECK(picket({"test", rules}).out == "1 rule, 4 tests: 4 passed\n");
    const ProgramResult result = picket(run(rules), "{\"user\":\"bob\"}\n{\"user\":\"ada\"}\n");
    CHECK(result.status == 0);
    const nlohmann::json alert = nlohmann::json::parse(result.out);
    CHECK(alert.at("title") == "ada of core");
    CHECK(holds(result.out, R"({"people":{"user":{"name":"ada","team":"core","p_match":"ada"}}})"));
  }
}

TEST_CASE("an archive holds its tables' rows, and looks nowhere else") {
  const TemporaryFolder folder;
  add_pack(folder);
  folder.add("people.csv", "name,team\nada,core\n");
  std::string outside(table);
  outside.replace(outside.find("people.csv"), 10, "../people.csv");
  folder.add("rules/table.yml", outside);
  CHECK(picket({"test", folder.path("rules")}).status == 0);
  const ProgramResult built = picket({"pack", "build", folder.path("rules"), "-o", folder.path("pack.tar.gz")});
  CHECK(built.status == 1);
  CHECK(holds(built.err, "the rows stand outside the folder that is packed"));
}

TEST_CASE("a file of rows that is not there is an error of the rules, at its place") {
  const TemporaryFolder folder;
  folder.add("rules/table.yml", table);
  folder.add("rules/rule.yml", lookup_rule);
  const ProgramResult check = picket({"check", "--format", "concise", folder.path("rules")});
  CHECK(check.status == 1);
  CHECK(holds(check.out, "table.yml:4:11: error[missing-table] there is no file"));
  CHECK(picket(run(folder.path("rules")), "{\"user\":\"ada\"}\n").status == 2);
}

TEST_CASE("rows that change are in force when the rules are loaded anew") {
  const TemporaryFolder folder;
  add_pack(folder);
  std::vector<std::string> arguments = run(folder.path("rules"));
  const std::string log = folder.add("log.jsonl");
  arguments.insert(arguments.end(), {"--follow", "--watch", log});
  WatchedProgram program((build_dir() / "tools/picket").string(), arguments);
  const auto alert_on = [&](const std::string& user) {
    std::ofstream(log, std::ios::app) << R"({"user":")" << user << "\"}\n";
    program.read_until("{\"alert_id\"");
    return nlohmann::json::parse("{\"alert_id\"" + program.read_until("\n"));
  };
  const nlohmann::json before = alert_on("ada");
  CHECK(before.at("title") == "ada of core");
  folder.add("rules/people.csv", "name,team\neve,core\n");
  program.read_until("picket run: rules loaded anew: 1 rule, version ");
  std::ofstream(log, std::ios::app) << "{\"user\":\"ada\"}\n";
  const nlohmann::json after = alert_on("eve");
  CHECK(after.at("title") == "eve of core");
  CHECK(after.at("rules_version") != before.at("rules_version"));

  folder.add("rules/people.csv", "name,team\neve,core,more\n");
  program.read_until("not loaded anew: 1 error; those before stay in force\n");
  CHECK(program.end(SIGTERM) == 0);
}

TEST_CASE("a watched test is run again when rows change") {
  const TemporaryFolder folder;
  add_pack(folder);
  WatchedProgram program((build_dir() / "tools/picket").string(), {"test", "--watch", folder.path("rules")});
  program.read_until("1 rule, 4 tests: 4 passed");
  program.read_until("watching");
  folder.add("rules/people.csv", "name,team\neve,core\n");
  CHECK(holds(program.read_until("1 rule, 4 tests: "), "FAIL Any: of core"));
  CHECK(program.end(SIGINT) == 1);
}

}  // namespace picket::tests
