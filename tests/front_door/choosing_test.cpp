// Choosing rules: by the filter language, and by what has changed in git.
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <variant>
#include <vector>

#include "tests/catch.hpp"
#include "tests/front_door/program.hpp"
#include "tests/temporary_folder.hpp"
#include "tools/changes/run_program.hpp"

namespace picket::tests {
namespace {

std::string chosen_rule(const std::string& id, const std::string& severity, const std::string& condition,
                        const std::string& more = "") {
  return "AnalysisType: rule\nRuleID: " + id + "\nEnabled: true\nLogTypes: [Zendesk.Audit]\nSeverity: " + severity +
         "\nTags: [attack.t1098.001]\n" + more + "Condition: " + condition +
         "\nTests:\n  - Name: One\n    ExpectedResult: true\n    Log: {action: create, p_log_type: Zendesk.Audit}\n";
}

// A pack in a git repository with one commit.
class Repository {
 public:
  Repository() {
    folder.add("rules/plain.yml", chosen_rule("Test.Plain", "Low", "action eq \"create\""));
    folder.add("rules/leaning.yml", chosen_rule("Test.Leaning", "High", "words.makes(action)", "Use: [words]\n"));
    folder.add("rules/model.yml", chosen_rule("Test.Model", "High", "udm.act eq \"create\""));
    folder.add("rules/words.yml",
               "AnalysisType: definitions\nDefinitionsID: words\nLet: |\n  makes(x) = x eq \"create\"\n");
    folder.add("rules/zendesk_model.yml",
               "AnalysisType: datamodel\nDataModelID: Zendesk\nEnabled: true\nLogTypes: [Zendesk.Audit]\n"
               "Mappings:\n  - Name: act\n    Path: action\n");
    git({"init", "-q"});
    git({"add", "-A"});
    git({"-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-q", "-m", "first"});
  }

  void git(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"git", "-C", folder.path()});
    const auto ran = run_program(arguments);
    REQUIRE(std::holds_alternative<ProgramOutput>(ran));
    INFO(std::get<ProgramOutput>(ran).err);
    REQUIRE(std::get<ProgramOutput>(ran).status == 0);
  }
  void append(const std::string& file) const {
    const std::string before = read_file(folder.path(file));
    folder.add(file, before + "# changed\n");
  }
  [[nodiscard]] std::string rules() const { return folder.path("rules"); }

  TemporaryFolder folder;
};

// The ids of the rules that were tested, as `picket test` names them.
std::string tested(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {"test", "--format", "json"});
  const ProgramResult result = picket(std::move(arguments));
  INFO(result.err);
  REQUIRE(result.status == 0);
  std::string ids;
  const auto report = nlohmann::json::parse(result.out);
  for (const auto& one : report.at("results")) {
    ids += (ids.empty() ? "" : " ") + one.at("rule_id").get<std::string>();
  }
  return ids;
}

}  // namespace

TEST_CASE("a filter chooses rules for every command that reads rules") {
  const Repository pack;
  CHECK(tested({"-E", "severity >= medium and technique(T1098)", pack.rules()}) == "Test.Leaning Test.Model");
  CHECK(tested({"--filter", "id(/^Test/) and not path(leaning)", "--severity", "high", pack.rules()}) == "Test.Model");
  CHECK(tested({"-E", "severity >= medium", "-E", "path(model)", pack.rules()}) == "Test.Model");
  for (const std::string command : {"test", "check", "cover", "mutate", "plan", "attack"}) {
    INFO(command);
    const ProgramResult one = picket({command, "-E", "id(Test.Plain)", "--format", "json", pack.rules()});
    CHECK(one.status == 0);
    CHECK_FALSE(holds(one.out, "Test.Model"));
    CHECK(picket({command, "-E", "id(None)", pack.rules()}).status == 4);
    const ProgramResult wrong = picket({command, "-E", "tag(a) and severty >= high", pack.rules()});
    CHECK(wrong.status == 2);
    CHECK(wrong.out.empty());
    CHECK(wrong.err == "picket " + command +
                           ": --filter: there is no `severty`; did you mean `severity`?\n"
                           "  tag(a) and severty >= high\n"
                           "             ^^^^^^^\n");
  }
}

TEST_CASE("a filter's text cannot steer the terminal") {
  const Repository pack;
  const ProgramResult wrong = picket({"test", "-E", "\x1b[2J" + std::string(300, 'x') + " \x1b[31m", pack.rules()});
  CHECK(wrong.status == 2);
  CHECK(wrong.err.find('\x1b') == std::string::npos);
}

TEST_CASE("check leaves out what is wrong with rules that are not chosen, but not files that are no rules") {
  const Repository pack;
  pack.folder.add("rules/warned.yml", chosen_rule("Test.Warned", "Low", "action in [\"create\"]"));
  CHECK(picket({"check", "--deny-warnings", pack.rules()}).status == 1);
  CHECK(picket({"check", "--deny-warnings", "-E", "id(Test.Plain)", pack.rules()}).status == 0);
  pack.folder.add("rules/broken.yml", "AnalysisType: rule\nRuleID: [\n");
  CHECK(picket({"check", "-E", "id(Test.Plain)", pack.rules()}).status == 1);
  CHECK(picket({"check", "--fix", "-E", "id(Test.Plain)", pack.rules()}).status == 2);
}

TEST_CASE("changed since a revision are rules, and those that lean on what has changed") {
  const Repository pack;
  const std::vector<std::string> call = {"--changed-since", "HEAD", pack.rules()};
  const ProgramResult none = picket({"test", "--changed-since", "HEAD", pack.rules()});
  CHECK(none.status == 0);  // a job has nothing to do, and is green
  CHECK(none.err == "picket test: no rule has changed since `HEAD`, nor what it uses\n");
  pack.append("rules/plain.yml");
  CHECK(tested(call) == "Test.Plain");
  pack.git({"checkout", "-q", "."});
  pack.append("rules/words.yml");
  CHECK(tested(call) == "Test.Leaning");
  pack.append("rules/zendesk_model.yml");
  CHECK(tested(call) == "Test.Leaning Test.Model");
  pack.git({"checkout", "-q", "."});
  pack.folder.add("rules/new file.yml", chosen_rule("Test.New", "Low", "action eq \"create\""));
  CHECK(tested(call) == "Test.New");
  CHECK(picket({"test", "--id", "Nothing", "--changed-since", "HEAD", pack.rules()}).status == 4);
  for (const std::string command : {"check", "cover", "mutate"}) {
    INFO(command);
    const ProgramResult one = picket({command, "--format", "json", "--changed-since", "HEAD", pack.rules()});
    CHECK(one.status == 0);
    CHECK_FALSE(holds(one.out, "Test.Plain"));
  }
  // A library with an error is told of by itself.
  pack.folder.add("rules/words.yml", "AnalysisType: definitions\nDefinitionsID: words\nLet: |\n  makes(x) = lowr(x)\n");
  CHECK(picket({"check", "--changed-since", "HEAD", pack.rules()}).status == 1);
}

TEST_CASE("why changes cannot be known is said") {
  const Repository pack;
  const ProgramResult revision = picket({"test", "--changed-since", "nowhere", pack.rules()});
  CHECK(revision.status == 2);
  CHECK(holds(revision.err, "picket test: --changed-since: there is no revision `nowhere` in `"));
  CHECK(picket({"test", "--changed-since=--output=/tmp/x", pack.rules()}).status == 2);
  CHECK(picket({"test", "--changed-since", "HEAD; touch /tmp/x", pack.rules()}).status == 2);
  const TemporaryFolder plain;
  plain.add("rule.yml", chosen_rule("Test.Plain", "Low", "action eq \"create\""));
  const ProgramResult repository = picket({"test", "--changed-since", "HEAD", plain.path()});
  CHECK(repository.status == 2);
  CHECK(repository.err == "picket test: --changed-since: `" + plain.path() + "` is in no git repository\n");
  const std::string path = std::getenv("PATH");  // NOLINT(concurrency-mt-unsafe): this test is one thread
  ::setenv("PATH", "/nonexistent", 1);           // NOLINT(concurrency-mt-unsafe)
  const ProgramResult git = picket({"test", "--changed-since", "HEAD", pack.rules()});
  ::setenv("PATH", path.c_str(), 1);  // NOLINT(concurrency-mt-unsafe)
  CHECK(git.status == 2);
  CHECK(git.err == "picket test: --changed-since: git cannot be run: there is no program `git`\n");
}

}  // namespace picket::tests
