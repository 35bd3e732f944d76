// `picket run` whose rules change while it runs.
#include <csignal>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "tests/catch.hpp"
#include "tests/front_door/program.hpp"
#include "tests/front_door/watched_program.hpp"
#include "tests/temporary_folder.hpp"

namespace picket::tests {
namespace {

std::string reloaded_rule(const std::string& id, const std::string& condition, const std::string& more) {
  return "AnalysisType: rule\nRuleID: " + id +
         "\nEnabled: true\nLogTypes: [Test]\nSeverity: Low\nCondition: " + condition + "\n" + more;
}

std::string titled(const std::string& title) {
  return reloaded_rule("Any", "n is not null", "AlertTitle: " + title + " {n}\n");
}

// A run that follows a log, to which its test writes events.
class Followed {
 public:
  explicit Followed(const TemporaryFolder& folder, const std::vector<std::string>& more = {})
      : log_(folder.add("log.jsonl")), program_((build_dir() / "tools/picket").string(), arguments(folder, more)) {}

  // Writes an event and returns the alert that it brings about, as the program writes it.
  nlohmann::json alert_on(const std::string& event) {
    write(event);
    program_.read_until("{\"alert_id\"");
    return nlohmann::json::parse("{\"alert_id\"" + program_.read_until("\n"));
  }
  void write(const std::string& event) const { std::ofstream(log_, std::ios::app) << event << "\n"; }
  [[nodiscard]] WatchedProgram& program() { return program_; }

 private:
  static std::vector<std::string> arguments(const TemporaryFolder& folder, const std::vector<std::string>& more) {
    std::vector<std::string> all = {"run",      "--rules", folder.path("rules"), "--log-type", "Test",
                                    "--format", "jsonl",   "--follow",           "--threads",  "2"};
    all.insert(all.end(), more.begin(), more.end());
    all.push_back(folder.path("log.jsonl"));
    return all;
  }

  std::string log_;
  WatchedProgram program_;
};

constexpr std::string_view loaded = "picket run: rules loaded anew: ";
constexpr std::string_view in_force = "; those before stay in force\n";

}  // namespace

TEST_CASE("watched rules are put in force when they change, and broken ones are not") {
  const TemporaryFolder folder;
  folder.add("rules/any.yml", titled("old"));
  Followed run(folder, {"--watch"});
  const nlohmann::json before = run.alert_on(R"({"n":1})");
  CHECK(before.at("title") == "old 1");

  folder.add("rules/any.yml", titled("new"));
  const std::string said = run.program().read_until("\n");
  CHECK(holds(said, std::string(loaded) + "1 rule, version "));
  const nlohmann::json after = run.alert_on(R"({"n":2})");
  CHECK(after.at("title") == "new 2");
  CHECK(after.at("rules_version") != before.at("rules_version"));
  CHECK(holds(said, after.at("rules_version").get<std::string>()));

  folder.add("rules/any.yml", reloaded_rule("Any", "n eq eq 1", ""));
  const std::string refused = run.program().read_until(in_force);
  CHECK(holds(refused, "error["));
  CHECK(holds(refused, "any.yml:6:"));
  CHECK(holds(refused, "picket run: error: the rules were not loaded anew: 1 error; those before stay in force"));
  CHECK(run.alert_on(R"({"n":3})").at("title") == "new 3");

  // A pack that has gone, and comes back.
  std::filesystem::rename(folder.path("rules"), folder.path("away"));
  CHECK(holds(run.program().read_until(in_force), "not loaded anew: 1 error"));
  folder.add("away/any.yml", titled("back"));
  std::filesystem::rename(folder.path("away"), folder.path("rules"));
  CHECK(holds(run.program().read_until("version "), loaded));
  CHECK(run.alert_on(R"({"n":4})").at("title") == "back 4");
  CHECK(run.program().end(SIGTERM) == 0);
}

TEST_CASE("watched rules are loaded anew when another folder takes their name, or that of a folder above") {
  namespace fs = std::filesystem;
  const TemporaryFolder folder;
  folder.add("above/rules/any.yml", titled("one"));
  folder.add("above/new/any.yml", titled("two"));
  folder.add("aside/rules/any.yml", titled("three"));
  fs::create_directory_symlink("above/rules", folder.path("rules"));
  Followed run(folder, {"--watch"});
  CHECK(run.alert_on(R"({"n":1})").at("title") == "one 1");
  fs::rename(folder.path("above/rules"), folder.path("above/old"));
  fs::rename(folder.path("above/new"), folder.path("above/rules"));
  run.program().read_until(loaded);
  CHECK(run.alert_on(R"({"n":2})").at("title") == "two 2");
  // The new folder is watched, the old one no longer.
  folder.add("above/old/any.yml", titled("nobody's"));
  folder.add("above/rules/any.yml", titled("two and a half"));
  run.program().read_until(loaded);
  CHECK(run.alert_on(R"({"n":3})").at("title") == "two and a half 3");
  fs::rename(folder.path("above"), folder.path("away"));
  fs::rename(folder.path("aside"), folder.path("above"));
  run.program().read_until(loaded);
  CHECK(run.alert_on(R"({"n":4})").at("title") == "three 4");
  CHECK(run.program().end(SIGTERM) == 0);
}

TEST_CASE("watched rules behind a symbolic link are loaded anew when it leads elsewhere") {
  namespace fs = std::filesystem;
  const TemporaryFolder folder;
  folder.add("release-1/any.yml", titled("one"));
  folder.add("release-2/any.yml", titled("two"));
  folder.add("release-3/any.yml", titled("three"));
  fs::create_symlink("release-1", folder.path("current"));
  fs::create_symlink("current", folder.path("rules"));
  Followed run(folder, {"--watch"});
  CHECK(run.alert_on(R"({"n":1})").at("title") == "one 1");
  // As deployments do it: aside, then renamed over.
  fs::create_symlink("release-2", folder.path("next"));
  fs::rename(folder.path("next"), folder.path("current"));
  run.program().read_until(loaded);
  CHECK(run.alert_on(R"({"n":2})").at("title") == "two 2");
  // What is written there now counts, and the next swap, too; this one is no single step.
  folder.add("release-2/any.yml", titled("two and a half"));
  run.program().read_until(loaded);
  CHECK(run.alert_on(R"({"n":3})").at("title") == "two and a half 3");
  fs::remove(folder.path("current"));
  fs::create_symlink("release-3", folder.path("current"));
  run.program().read_until(loaded);
  CHECK(run.alert_on(R"({"n":4})").at("title") == "three 4");
  CHECK(run.program().end(SIGTERM) == 0);
}

TEST_CASE("SIGHUP loads the rules anew, and says if nothing has changed") {
  const TemporaryFolder folder;
  folder.add("rules/any.yml", titled("old"));
  Followed run(folder);
  CHECK(run.alert_on(R"({"n":1})").at("title") == "old 1");
  run.program().send(SIGHUP);
  CHECK(holds(run.program().read_until("changed\n"), "picket run: rules loaded anew: nothing has changed\n"));
  folder.add("rules/any.yml", titled("new"));
  CHECK(run.alert_on(R"({"n":2})").at("title") == "old 2");
  run.program().send(SIGHUP);
  CHECK(holds(run.program().read_until("version "), loaded));
  CHECK(run.alert_on(R"({"n":3})").at("title") == "new 3");

  std::filesystem::remove(folder.path("rules/any.yml"));
  run.program().send(SIGHUP);
  CHECK(holds(run.program().read_until(in_force), "not loaded anew: no rule is left to judge by;"));
  for (int i = 0; i < 5; ++i) folder.add("rules/" + std::to_string(i) + ".yml", reloaded_rule("A", "eq", ""));
  run.program().send(SIGHUP);
  CHECK(holds(run.program().read_until(in_force), ", of which the first 3 are shown;"));
  CHECK(run.program().end(SIGINT) == 0);
}

TEST_CASE("what rules have counted goes over to the same rules of the next version") {
  const TemporaryFolder folder;
  folder.add("rules/other.yml", titled("old"));
  folder.add("rules/thrice.yml", reloaded_rule("Thrice", "kind eq \"thrice\"", "Threshold: 3\n"));
  folder.add("rules/changed.yml", reloaded_rule("Changed", "kind eq \"changed\"", "Threshold: 2\n"));
  folder.add("rules/one.yml", reloaded_rule("One", "kind eq \"one\"", "CreateAlert: false\n"));
  folder.add("rules/two.yml", reloaded_rule("Two", "kind eq \"two\"", "CreateAlert: false\n"));
  folder.add("rules/both.yml",
             "AnalysisType: correlation_rule\nRuleID: Both\nEnabled: true\nSeverity: High\nDetection:\n"
             "  - Sequence:\n      - {ID: First, RuleID: One}\n      - {ID: Second, RuleID: Two}\n"
             "    LookbackWindowMinutes: 60\n");
  folder.add("rules/again.yml",
             reloaded_rule("Again", "kind eq \"again\" and previous is not null",
                           "Remember:\n  Key: seen {user}\n  Value: user\n  When: kind eq \"again\"\n"));
  Followed run(folder, {"--watch"});
  for (const std::string kind : {"thrice", "thrice", "changed", "one", "again"}) {
    run.write(R"({"time":1769860800,"user":"dana","kind":")" + kind + "\"}");
  }
  CHECK(run.alert_on(R"({"time":1769860800,"n":1})").at("title") == "old 1");

  folder.add("rules/changed.yml",
             reloaded_rule("Changed", "kind eq \"changed\"", "Threshold: 2\nDedupPeriodMinutes: 15\n"));
  folder.add("rules/other.yml", titled("new"));
  run.program().read_until(loaded);
  CHECK(run.alert_on(R"({"time":1769860801,"n":2})").at("title") == "new 2");

  const nlohmann::json thrice = run.alert_on(R"({"time":1769860801,"kind":"thrice"})");
  CHECK(thrice.at("rule_id") == "Thrice");
  CHECK(thrice.at("matches") == 3);
  CHECK(run.alert_on(R"({"time":1769860801,"kind":"two"})").at("rule_id") == "Both");
  CHECK(run.alert_on(R"({"time":1769860801,"user":"dana","kind":"again"})").at("rule_id") == "Again");
  // Counted otherwise, it begins anew.
  run.write(R"({"time":1769860801,"kind":"changed"})");
  const nlohmann::json changed = run.alert_on(R"({"time":1769860802,"kind":"changed"})");
  CHECK(changed.at("rule_id") == "Changed");
  CHECK(changed.at("matches") == 2);
  CHECK(changed.at("window_start") == "2026-01-31T12:00:01Z");
  CHECK(run.program().end(SIGTERM) == 0);
}

}  // namespace picket::tests
