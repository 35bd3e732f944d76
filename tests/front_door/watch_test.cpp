// `--watch`: commands that run again when rule files change.
#include <csignal>
#include <filesystem>
#include <string>

#include "tests/catch.hpp"
#include "tests/front_door/program.hpp"
#include "tests/front_door/watched_program.hpp"
#include "tests/temporary_folder.hpp"

namespace picket::tests {
namespace {

std::string watched_rule(const std::string& id, const std::string& value, const std::string& more = "") {
  return "AnalysisType: rule\nRuleID: " + id + "\nEnabled: true\nLogTypes: [A]\nSeverity: Low\n" + more +
         "Condition: action eq \"" + value +
         "\"\nTests:\n  - Name: one\n    ExpectedResult: true\n    Log: {action: create}\n";
}

const std::string program = (build_dir() / "tools/picket").string();
constexpr std::string_view waits = "watching; Ctrl-C ends\n";

}  // namespace

TEST_CASE("a saved rule is tested again, alone; Ctrl-C ends with the last status") {
  const TemporaryFolder folder;
  folder.add("a.yml", watched_rule("A", "create"));
  folder.add("b.yml", watched_rule("B", "create"));
  WatchedProgram watched(program, {"test", "--watch", folder.path()});
  CHECK(holds(watched.read_until(waits), "2 rules, 2 tests: 2 passed"));

  folder.add("a.yml", watched_rule("A", "destroy"));
  const std::string failed = watched.read_until(waits);
  CHECK(holds(failed, "changed: " + folder.path("a.yml")));
  CHECK(holds(failed, "FAIL A: one"));
  CHECK(holds(failed, "1 rule, 1 test: 1 failed"));

  // As editors save: aside, then renamed over.
  folder.add("a.yml.new", watched_rule("A", "create"));
  std::filesystem::rename(folder.path("a.yml.new"), folder.path("a.yml"));
  CHECK(holds(watched.read_until(waits), "1 rule, 1 test: 1 passed"));

  folder.add("new/c.yml", watched_rule("C", "create"));
  CHECK(holds(watched.read_until(waits), "1 rule, 1 test: 1 passed"));

  // What is gone concerns everything.
  std::filesystem::remove(folder.path("b.yml"));
  CHECK(holds(watched.read_until(waits), "2 rules, 2 tests: 2 passed"));

  // Folders within, and the folder itself, that are renamed.
  std::filesystem::rename(folder.path("new"), folder.path("newer"));
  CHECK(holds(watched.read_until(waits), "2 rules, 2 tests: 2 passed"));
  folder.add("newer/c.yml", watched_rule("C", "destroy"));
  CHECK(holds(watched.read_until(waits), "FAIL C: one"));
  folder.add("newer/c.yml", watched_rule("C", "create"));
  CHECK(holds(watched.read_until(waits), "1 rule, 1 test: 1 passed"));
  const TemporaryFolder other;
  other.add("b.yml", watched_rule("B", "create"));
  std::filesystem::rename(folder.path("newer"), other.path("aside"));
  CHECK(holds(watched.read_until(waits), "1 rule, 1 test: 1 passed"));
  std::filesystem::rename(folder.path(), other.path("old"));
  std::filesystem::rename(other.path(), folder.path());
  CHECK(holds(watched.read_until(": 3 passed"), "3 rules, 3 tests"));
  CHECK(watched.end(SIGINT) == 0);
}

TEST_CASE("files that are links, through a link that is swapped, are tested again") {
  namespace fs = std::filesystem;
  const TemporaryFolder folder;
  folder.add("rules/..1/a.yml", watched_rule("A", "create"));
  folder.add("rules/..2/a.yml", watched_rule("A", "destroy"));
  fs::create_symlink("..1", folder.path("rules/..data"));
  fs::create_symlink("..data/a.yml", folder.path("rules/a.yml"));
  WatchedProgram watched(program, {"test", "--watch", folder.path("rules")});
  CHECK(holds(watched.read_until(waits), "1 rule, 1 test: 1 passed"));
  fs::create_symlink("..2", folder.path("rules/..new"));
  fs::rename(folder.path("rules/..new"), folder.path("rules/..data"));
  CHECK(holds(watched.read_until(waits), "FAIL A: one"));
  CHECK(watched.end(SIGINT) == 1);
}

TEST_CASE("a saved library concerns the rules that use it, and files of other kinds concern nobody") {
  const TemporaryFolder folder;
  const auto library = [](const std::string& value) {
    return "AnalysisType: definitions\nDefinitionsID: l\nLet: |\n  made = action eq \"" + value + "\"\n";
  };
  folder.add("libraries/l.yml", library("create"));
  folder.add("rules/a.yml", watched_rule("A", "create"));
  folder.add("rules/b.yml",
             "AnalysisType: rule\nRuleID: B\nEnabled: true\nLogTypes: [A]\nSeverity: Low\nUse: [l]\nCondition: l.made\n"
             "Tests:\n  - Name: one\n    ExpectedResult: true\n    Log: {action: create}\n");
  // The folder by a name of many.
  WatchedProgram watched(program, {"test", "--watch", folder.path() + "/rules/.././"});
  CHECK(holds(watched.read_until(waits), "2 rules, 2 tests: 2 passed"));
  folder.add("notes.txt", "nobody's business");
  folder.add("libraries/l.yml", library("destroy"));
  const std::string failed = watched.read_until(waits);
  CHECK(holds(failed, "changed: " + folder.path("libraries/l.yml")));
  CHECK(holds(failed, "1 rule, 1 test: 1 failed"));
  CHECK(watched.end(SIGINT) == 1);
}

TEST_CASE("one file can be watched, and errors end nothing") {
  const TemporaryFolder folder;
  const std::string file = folder.add("a.yml", watched_rule("A", "create"));
  WatchedProgram watched(program, {"check", "--watch", file});
  CHECK(holds(watched.read_until(waits), "1 file: no errors"));
  folder.add("b.yml", watched_rule("B", "create"));
  folder.add("a.yml", "AnalysisType: rule\n  RuleID: [\n");
  CHECK(holds(watched.read_until(waits), "error["));
  folder.add("a.yml", watched_rule("A", "create"));
  CHECK(holds(watched.read_until(waits), "1 file: no errors"));
  CHECK(watched.end(SIGTERM) == 0);
}

}  // namespace picket::tests
