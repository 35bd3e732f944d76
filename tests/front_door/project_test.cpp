// The project file and the comments that silence, as the commands heed them.
#include <filesystem>
#include <string>
#include <vector>

#include "tests/catch.hpp"
#include "tests/front_door/program.hpp"
#include "tests/temporary_folder.hpp"

namespace picket::tests {
namespace {

// Runs the program in a folder.
ProgramResult picket_in(const std::string& folder, std::vector<std::string> arguments) {
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(folder);
  ProgramCall call;
  call.arguments = std::move(arguments);
  ProgramResult result = run_picket(call);
  std::filesystem::current_path(before);
  return result;
}

const std::string project_rule =
    "AnalysisType: rule\nRuleID: Test.One\nEnabled: true\nLogTypes: [Zendesk.Audit]\nSeverity: High\n"
    "Condition: |\n  action in [\"create\"]\nTests:\n  - Name: yes\n    ExpectedResult: true\n"
    "    Log: {action: create}\n";

}  // namespace

TEST_CASE("a project gives lints their levels, for every command") {
  const TemporaryFolder folder;
  folder.add("rules/one.yml", project_rule);
  CHECK(holds(picket_in(folder.path(), {"check"}).out, "warning[single-item-list]"));
  folder.add("picket.yml", "lints:\n  single-item-list: error\n");
  const ProgramResult error = picket_in(folder.path(), {"check"});
  CHECK(error.status == 1);
  CHECK(holds(error.out, "error[single-item-list]"));
  CHECK(picket_in(folder.path(), {"test"}).status == 1);
  folder.add("picket.yml", "lints:\n  single-item-list: off\n");
  CHECK(picket_in(folder.path(), {"check"}).out.empty());
  folder.add("picket.yml", "lints:\n  single-item-list: note\n");
  CHECK(picket_in(folder.path(), {"check", "--deny-warnings"}).status == 0);
}

TEST_CASE("a project is found above, up to the root of the repository; or named") {
  const TemporaryFolder folder;
  folder.add("picket.yml", "lints:\n  single-item-list: off\npaths: [detections]\n");
  folder.add("detections/one.yml", project_rule);
  folder.add("deep/er/file");
  const auto finds_it = [&] { return picket_in(folder.path("deep/er"), {"check"}); };
  CHECK(finds_it().status == 2);  // no repository: only the current folder is looked at
  folder.add(".git/HEAD");
  CHECK(finds_it().status == 0);
  CHECK(holds(finds_it().err, "1 file: no errors"));
  folder.add("deep/.git/HEAD");  // another repository
  CHECK(finds_it().status == 2);
  CHECK(picket_in(folder.path("deep/er"), {"check", "--project", "../../picket.yml"}).status == 0);
  const ProgramResult missing = picket_in(folder.path(), {"check", "--project", "pocket.yml"});
  CHECK(missing.status == 2);
  CHECK(holds(missing.err + missing.out, "no-such-file"));
}

TEST_CASE("what is wrong with the project file is reported with its place") {
  const TemporaryFolder folder;
  folder.add("rules/one.yml", project_rule);
  folder.add("picket.yml", "lints:\n  single-item-lists: off\nattack_table: none.tsv\n");
  const ProgramResult result = picket_in(folder.path(), {"check"});
  CHECK(result.status == 2);
  CHECK(holds(result.out, "picket.yml:2:3: error[unknown-code]"));
  CHECK(holds(result.out, "did you mean `single-item-list`?"));
  CHECK(holds(result.out, "picket.yml:3:15: error[no-such-file]"));
  folder.add("elsewhere/picket.yml", "path: [rules]\n");
  const ProgramResult nothing = picket_in(folder.path("elsewhere"), {"run"});
  CHECK(nothing.status == 2);
  CHECK(holds(nothing.err, "picket.yml:1:1: error[unknown-key]"));
}

TEST_CASE("a comment silences a lint for every command, and only check tells of unused ones") {
  const TemporaryFolder folder;
  std::string silenced = project_rule;
  silenced.insert(silenced.find("  action"), "  # picket: ignore single-item-list more will follow\n");
  folder.add("rules/one.yml", silenced);
  CHECK(picket_in(folder.path(), {"check"}).out.empty());
  CHECK_FALSE(holds(picket_in(folder.path(), {"test"}).out, "single-item-list"));
  folder.add("picket.yml", "lints:\n  single-item-list: error\n");
  CHECK(picket_in(folder.path(), {"check"}).status == 0);  // a lint is one, whatever its level
  silenced.replace(silenced.find("in [\"create\"]"), 13, "eq \"create\"");
  folder.add("rules/one.yml", silenced);
  CHECK(holds(picket_in(folder.path(), {"check"}).out, "rules/one.yml:7:20: warning[unused-ignore]"));
  CHECK_FALSE(holds(picket_in(folder.path(), {"test"}).out, "unused-ignore"));
}

}  // namespace picket::tests
