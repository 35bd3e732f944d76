// `picket fmt` and `picket check --fix` as their users call them.
#include <filesystem>
#include <string>
#include <vector>

#include "tests/catch.hpp"
#include "tests/front_door/program.hpp"
#include "tests/temporary_folder.hpp"

namespace picket::tests {
namespace {

namespace fs = std::filesystem;

const std::string fmt_head =
    "AnalysisType: rule\nRuleID: Test.Token\nEnabled: true\nLogTypes: [Zendesk.Audit]\nSeverity: High\n";
const std::string odd = fmt_head + "Condition: action==\"create\"\n";
const std::string tidy = fmt_head + "Condition: action eq \"create\"\n";
const std::string broken_rule = fmt_head + "Condition: action eq\n";

}  // namespace

TEST_CASE("fmt rewrites what is not formatted, and says so") {
  const TemporaryFolder folder;
  const std::string path = folder.add("odd.yml", odd);
  folder.add("tidy.yml", tidy);
  folder.add("values.yml", "a:   1\n");
  const ProgramResult first = picket({"fmt", folder.path()});
  CHECK(first.status == 0);
  CHECK(first.out == "formatted " + path + "\n");
  CHECK(first.err == "2 files: 1 formatted\n");
  CHECK(read_file(path) == tidy);
  CHECK(read_file(folder.path("values.yml")) == "a:   1\n");
  const ProgramResult second = picket({"fmt", folder.path()});
  CHECK(second.status == 0);
  CHECK(second.out.empty());
  CHECK(second.err == "2 files: nothing to format\n");
}

TEST_CASE("fmt --check and --diff change nothing and tell") {
  const TemporaryFolder folder;
  const std::string path = folder.add("odd.yml", odd);
  const ProgramResult check = picket({"fmt", "--check", path});
  CHECK(check.status == 1);
  CHECK(check.out == "would format " + path + "\n");
  CHECK(check.err == "1 file: 1 would be formatted\n");
  const ProgramResult diff = picket({"fmt", "--diff", path});
  CHECK(diff.status == 1);
  CHECK(diff.out == "--- a/" + path + "\n+++ b/" + path +
                        "\n@@ -3,4 +3,4 @@\n Enabled: true\n LogTypes: [Zendesk.Audit]\n Severity: High\n"
                        "-Condition: action==\"create\"\n+Condition: action eq \"create\"\n");
  CHECK(read_file(path) == odd);
  folder.add("odd.yml", tidy);
  CHECK(picket({"fmt", "--check", path}).status == 0);
  CHECK(picket({"fmt", "--diff", path}).out.empty());
}

TEST_CASE("fmt leaves a broken file alone, tells why, and formats the others") {
  const TemporaryFolder folder;
  const std::string bad = folder.add("bad.yml", broken_rule);
  const std::string path = folder.add("odd.yml", odd);
  const ProgramResult result = picket({"fmt", folder.path()});
  CHECK(result.status == 1);
  CHECK(holds(result.out, "error[missing-operand]"));
  CHECK(holds(result.out, bad + ":6:19"));
  CHECK(holds(result.out, "formatted " + path + "\n"));
  CHECK(result.err == "2 files: 1 formatted, 1 error\n");
  CHECK(read_file(bad) == broken_rule);
  CHECK(read_file(path) == tidy);
}

TEST_CASE("fmt refuses what it cannot write or find") {
  const TemporaryFolder folder;
  const std::string path = folder.add("odd.yml", odd);
  fs::create_symlink(path, folder.path("link.yml"));
  const ProgramResult link = picket({"fmt", folder.path("link.yml")});
  CHECK(link.status == 2);
  CHECK(holds(link.err, "link.yml is left as it was: it is a symbolic link"));
  CHECK(fs::is_symlink(folder.path("link.yml")));
  CHECK(read_file(path) == odd);
  CHECK(picket({"fmt", folder.path("none.yml")}).status == 2);
  fs::create_directory(folder.path("empty"));
  const ProgramResult empty = picket({"fmt", folder.path("empty")});
  CHECK(empty.status == 4);
  CHECK(holds(empty.err, "no rule files found there"));
}

TEST_CASE("check --fix writes what is certain and reports what remains") {
  const TemporaryFolder folder;
  const std::string path =
      folder.add("rule.yml", fmt_head + "Condition: |\n  action equals \"create\"\n  source is ip4\n");
  const ProgramResult result = picket({"check", "--fix", path});
  CHECK(result.status == 1);
  CHECK(holds(result.out, "fixed " + path + ":7:10 unknown-operator: write `eq`\n"));
  CHECK(holds(result.out, "error[unknown-predicate]"));
  CHECK_FALSE(holds(result.out, "error[unknown-operator]"));
  CHECK(read_file(path) == fmt_head + "Condition: |\n  action eq \"create\"\n  source is ip4\n");
  // Another run finds nothing more that is certain.
  const ProgramResult again = picket({"check", "--fix", path});
  CHECK(again.status == 1);
  CHECK_FALSE(holds(again.out, "fixed"));
}

TEST_CASE("check --fix keeps a report for machines whole") {
  const TemporaryFolder folder;
  const std::string path = folder.add("rule.yml", fmt_head + "Condition: action equals \"create\"\n");
  const ProgramResult result = picket({"check", "--fix", "--format", "json", path});
  CHECK(result.status == 0);
  CHECK(result.out == "{\"diagnostics\":[]}\n");
  CHECK(holds(result.err, "fixed " + path + ":6:19"));
}

TEST_CASE("check --fix never touches files that were not named, nor makes things worse") {
  const TemporaryFolder folder;
  const std::string library = "AnalysisType: definitions\nDefinitionsID: lib\nLet: |\n  x = action equals \"create\"\n";
  const std::string beside = folder.add("lib.yml", library);
  const std::string path = folder.add("rule.yml", fmt_head + "Use: [lib]\nCondition: lib.x\n");
  static_cast<void>(picket({"check", "--fix", path}));
  CHECK(read_file(beside) == library);
  // The cure would need escapes in this scalar, so it is not written.
  const std::string quoted = fmt_head + "Condition: \"action in [\\\"create\\\"]\"\n";
  const std::string second = folder.add("quoted.yml", quoted);
  CHECK(picket({"check", "--fix", second}).status == 0);
  CHECK(read_file(second) == quoted);
}

}  // namespace picket::tests
