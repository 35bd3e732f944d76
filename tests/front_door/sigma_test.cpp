// Sigma rules as their users meet them: a checkout with recorded events, judged, tested, traced, imported.
#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/catch.hpp"
#include "tests/front_door/golden_commands.hpp"
#include "tests/front_door/program.hpp"
#include "tests/temporary_folder.hpp"

namespace picket::tests {
namespace {

const std::string sigma_rule =
    "title: A shell by the \"backup\" service & co\n"
    "id: 6f2d3f6e-0c0e-4d0a-9a45-0d2f0a5f9b11\n"
    "status: test\n"
    "logsource:\n"
    "  product: windows\n"
    "  category: process_creation\n"
    "detection:\n"
    "  selection:\n"
    "    ParentImage|endswith: '\\backup.exe'\n"
    "    Image|endswith: ['\\cmd.exe', '\\powershell.exe']\n"
    "  filter_main:\n"
    "    CommandLine|contains: 'report.ps1'\n"
    "  condition: selection and not 1 of filter_*\n"
    "level: high\n"
    "tags: [attack.t1059]\n"
    "regression_tests_path: regression_data/shell/info.yml\n";

std::string event(const std::string& command) {
  return "{\n \"Event\": {\n  \"System\": {\"EventID\": 1, \"Channel\": \"Microsoft-Windows-Sysmon/Operational\"},\n"
         "  \"EventData\": {\"ParentImage\": \"C:\\\\Backup.exe\", \"Image\": \"C:\\\\CMD.EXE\", \"CommandLine\": \"" +
         command + "\"}\n }\n}\n";
}

// A checkout of one rule, and an event that was recorded for it.
struct Checkout {
  TemporaryFolder folder;
  std::string file = folder.add("rules/windows/shell.yml", sigma_rule);
  std::string recorded = folder.add("regression_data/shell/6f2d.json", event("whoami"));
  std::string info =
      folder.add("regression_data/shell/info.yml",
                 "regression_tests_info: [{name: Positive Detection Test, type: evtx, match_count: 1}]\n");
};

TEST_CASE("reports on Sigma rules print what their golden files hold") { CHECK(check_golden_commands("sigma") >= 7); }

TEST_CASE("a recording that holds less than must match is an error, and one that holds nothing is told") {
  Checkout checkout;
  checkout.folder.add("regression_data/shell/info.yml",
                      "regression_tests_info: [{name: Positive Detection Test, type: evtx, match_count: 3}]\n");
  const ProgramResult less = picket({"test", checkout.file});
  CHECK(less.status == 1);
  CHECK(holds(less.out, "3 events of the recording must match, and it holds 1"));
  std::filesystem::remove(checkout.recorded);
  const ProgramResult nothing = picket({"check", checkout.file});
  CHECK(nothing.status == 0);
  CHECK(holds(nothing.out, "there is no event beside the recording"));
}

TEST_CASE("a Sigma rule finds nested events by its log source") {
  const Checkout checkout;
  const std::string log = checkout.folder.add("log.json", event("whoami") + event("report.ps1"));
  const ProgramResult run = picket({"run", "--rules", checkout.folder.path("rules"), "--format", "jsonl", log});
  CHECK(run.status == 0);
  const auto alert = nlohmann::json::parse(run.out);
  CHECK(alert.at("title") == "A shell by the \"backup\" service & co");
  CHECK(alert.at("severity") == "High");
  CHECK(alert.at("log_type") == "Windows.EventLogs");
  CHECK(alert.at("matches") == 1);
  CHECK(alert.at("event").at("CommandLine") == "whoami");
  CHECK(alert.at("attack").at(0).at("technique_id") == "T1059");
  CHECK(holds(run.err, "A shell by the \"backup\" service & co"));
}

TEST_CASE("recorded events are tests of their rule") {
  const Checkout checkout;
  const ProgramResult passed = picket({"test", checkout.folder.path("rules")});
  CHECK(passed.status == 0);
  CHECK(holds(passed.out + passed.err, "1 rule, 1 test: 1 passed"));
  checkout.folder.add("regression_data/shell/6f2d.json", event("report.ps1"));
  const ProgramResult failed = picket({"test", checkout.folder.path("rules")});
  CHECK(failed.status == 1);
  CHECK(holds(failed.out, "Recorded event"));
  CHECK(holds(failed.out, "shell.yml:16:24"));
  // Of two events one must match, and nobody says which.
  checkout.folder.add("regression_data/shell/6f2d.json", event("report.ps1") + event("whoami"));
  const ProgramResult none = picket({"check", checkout.folder.path("rules")});
  CHECK(none.status == 0);
  CHECK(holds(none.out, "of the 2 recorded events 1 must match"));
}

TEST_CASE("an imported Sigma rule finds what the rule itself finds") {
  const Checkout checkout;
  const ProgramResult printed = picket({"import", "sigma", checkout.file});
  CHECK(printed.status == 0);
  CHECK(holds(printed.out, "DisplayName: A shell by the 'backup' service and co\n"));
  CHECK(holds(printed.out, "    Log:\n"));
  const std::string imported = checkout.folder.path("imported/shells");
  const ProgramResult written = picket({"import", "sigma", checkout.file, "--output", imported});
  CHECK(written.status == 0);
  CHECK(read_file(imported + "/shell.yml") == printed.out);
  CHECK(picket({"import", "sigma", checkout.file, "--output", imported}).status == 2);
  CHECK(holds(picket({"test", imported}).out, "1 test: 1 passed"));
  const std::string log = checkout.folder.add("log.json", event("whoami") + event("report.ps1"));
  const ProgramResult run = picket({"run", "--rules", imported, "--format", "jsonl", log});
  CHECK(nlohmann::json::parse(run.out).at("matches") == 1);
}

TEST_CASE("correlations stay as written, and are tested by signals") {
  const TemporaryFolder folder;
  const std::string rules = folder.add(
      "logins.yml",
      "title: a\nid: a\nname: failed\nlogsource: {product: windows}\ndetection: {s: {EventID: 4625}, condition: s}\n"
      "Tests: [{Name: nothing, ExpectedResult: false, Log: {}}]\n"
      "---\n"
      "title: c\nid: c\ncorrelation:\n  type: value_count\n  rules: [failed]\n  group-by: [Source]\n  timespan: 5m\n"
      "  condition: {gte: 2, field: User}\n"
      "Tests:\n"
      "  - {Name: two names, ExpectedResult: true, RuleOutputs: [{ID: failed, Matches: {Source: {h: [0, 4]}, "
      "User: {a: [0], b: [4]}}}]}\n"
      "  - {Name: one name, ExpectedResult: false, RuleOutputs: [{ID: failed, Matches: {Source: {h: [0, 4]}, "
      "User: {a: [0, 4]}}}]}\n"
      "  - {Name: too late, ExpectedResult: true, RuleOutputs: [{ID: failed, Matches: {Source: {h: [0, 6]}, "
      "User: {a: [0], b: [6]}}}]}\n");
  const ProgramResult tested = picket({"test", rules});
  CHECK(tested.status == 1);
  CHECK(holds(tested.out, "2 rules, 4 tests: 1 failed, 3 passed"));
  CHECK(holds(tested.out, "`h`: there were 2 signals with 2 different values, and within 5m at no time a value_count"));
  const ProgramResult imported = picket({"import", "sigma", rules});
  CHECK(imported.status == 0);
  CHECK(holds(imported.out, "Log: {}\n"));
  CHECK(holds(imported.err, "1 correlation stays as written"));
}

TEST_CASE("import says what it cannot do") {
  const TemporaryFolder folder;
  CHECK(picket({"import", "splunk", folder.path()}).status == 2);
  CHECK(picket({"import", "sigma", folder.path("nowhere")}).status == 2);
  const std::string broken = folder.add("broken.yml", "title: a\nlogsource: {product: windows}\ndetection: {}\n");
  CHECK(picket({"import", "sigma", broken}).status == 1);
  const std::string unmapped =
      folder.add("unmapped.yml", "title: a\nid: a\nlogsource: {product: x}\ndetection: {s: {f: x}, condition: s}\n");
  const ProgramResult homeless = picket({"import", "sigma", unmapped});
  CHECK(homeless.status == 4);
  CHECK(holds(homeless.err, "1 rule is of log sources that nothing maps"));
  const ProgramResult given = picket({"import", "sigma", unmapped, "--log-type", "X.Log"});
  CHECK(given.status == 0);
  CHECK(holds(given.out, "LogTypes: [X.Log]\n"));
}

TEST_CASE("a trace reads a nested event flat, and points into the Sigma file") {
  const Checkout checkout;
  const ProgramResult trace = picket({"trace", checkout.file, checkout.recorded});
  CHECK(trace.status == 0);
  CHECK(holds(trace.out, "a match"));
  CHECK(holds(trace.out, "true         13  selection\n"));
  CHECK(holds(trace.out, "false        13  1 of filter_*\n"));
}

TEST_CASE("a Sigma file with misspelt keys is not passed over in a folder") {
  const TemporaryFolder folder;
  folder.add("often.yml",
             "title: Often\ncorrelations:\n  type: event_count\n  rules: [a]\n  timespan: 5m\n  condition: {gte: 5}\n");
  const ProgramResult check = picket({"check", folder.path()});
  CHECK(check.status == 1);
  CHECK(holds(check.out, "often.yml:2:1: error[unknown-key]"));
  CHECK(holds(check.out, "did you mean `correlation`?"));
}

TEST_CASE("a run says what rules of unmapped log sources judge") {
  const TemporaryFolder folder;
  const std::string rule =
      folder.add("rule.yml", "title: a\nlogsource: {product: example}\ndetection: {s: {f: x}, condition: s}\n");
  const std::string log = folder.add("log.jsonl", "{\"p_log_type\": \"Other.Log\", \"f\": \"x\"}\n");
  CHECK(holds(picket({"run", "--rules", rule, log}).err, "the rules judge: events without a log type\n"));
}

TEST_CASE("fmt leaves Sigma files alone") {
  const Checkout checkout;
  (void)picket({"fmt", checkout.folder.path("rules")});
  CHECK(read_file(checkout.file) == sigma_rule);
}

}  // namespace
}  // namespace picket::tests
