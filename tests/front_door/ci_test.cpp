// What teams copy into their continuous integration works: the hooks, the action and the commands of tools/ci/README.md
// are run on a small pack.
#include <cstdlib>
#include <filesystem>
#include <map>
#include <regex>
#include <sstream>
#include <string>
#include <variant>
#include <vector>

#include "engine/yaml/node.hpp"
#include "tests/catch.hpp"
#include "tests/front_door/program.hpp"
#include "tests/temporary_folder.hpp"
#include "tools/changes/run_program.hpp"

namespace picket::tests {
namespace {

std::string ci_rule(const std::string& expected) {
  return "AnalysisType: rule\nRuleID: Test.Token\nEnabled: true\nLogTypes: [Zendesk.Audit]\nSeverity: High\n"
         "Condition: action eq \"create\"\nTests:\n"
         "  - Name: A token is created\n    ExpectedResult: " +
         expected +
         "\n    Log: {action: create}\n"
         "  - Name: A token is read\n    ExpectedResult: false\n    Log: {action: read}\n";
}

// A pack in a git repository, and the shell of a job in it.
class Job {
 public:
  explicit Job(const std::string& expected = "true") {
    folder.add("rules/token.yml", ci_rule(expected));
    CHECK(shell("git init -q && git add -A && git -c user.name=t -c user.email=t@example.com commit -q -m first")
              .status == 0);
  }

  // `variables` are set for the command.
  [[nodiscard]] ProgramOutput shell(const std::string& command,
                                    const std::map<std::string, std::string>& variables = {}) const {
    std::vector<std::string> arguments = {
        "env", "-C", folder.path(),
        "PATH=" PICKET_BUILD_DIR "/tools:" + std::string(std::getenv("PATH"))};  // NOLINT(concurrency-mt-unsafe)
    for (const auto& [name, value] : variables) arguments.push_back(name + "=" + value);
    arguments.insert(arguments.end(), {"bash", "-c", command});
    auto ran = run_program(arguments);
    REQUIRE(std::holds_alternative<ProgramOutput>(ran));
    return std::get<ProgramOutput>(ran);
  }

  TemporaryFolder folder;
};

yaml::NodePtr load(const std::string& name) {
  Diagnostics diagnostics;
  const auto path = project_dir() / name;
  auto root = yaml::load(std::make_shared<const Source>(name, read_file(path)), diagnostics);
  INFO(name);
  REQUIRE(diagnostics.size() == 0);
  REQUIRE(root != nullptr);
  return root;
}

const yaml::Node& at(const yaml::Node& node, const std::string& key) {
  REQUIRE(node.mapping() != nullptr);
  const auto* entry = node.mapping()->find(key);
  INFO(key);
  REQUIRE(entry != nullptr);
  return *entry->value;
}

std::string text_at(const yaml::Node& node, const std::string& key) { return at(node, key).scalar()->text; }

// Runs the action with these inputs beside its defaults.
ProgramOutput run_action(const Job& job, const std::map<std::string, std::string>& inputs) {
  const auto action = load(".github/actions/picket/action.yml");
  std::map<std::string, std::string> expressions = {
      {"github.action_path", (project_dir() / ".github/actions/picket").string()}};
  for (const auto& input : at(*action, "inputs").mapping()->entries) {
    const auto given = inputs.find(input.key);
    expressions["inputs." + input.key] = given == inputs.end() ? text_at(*input.value, "default") : given->second;
  }
  for (const auto& [name, value] : inputs) CHECK(expressions.contains("inputs." + name));
  ProgramOutput last;
  for (const auto& step : at(at(*action, "runs"), "steps").sequence()->items) {
    std::map<std::string, std::string> variables = {{"GITHUB_STEP_SUMMARY", job.folder.path("summary.md")},
                                                    {"GITHUB_ACTIONS", "true"}};
    for (const auto& variable : at(*step, "env").mapping()->entries) {
      std::string value = variable.value->scalar()->text;
      for (const auto& [name, meaning] : expressions) {
        const std::string expression = "${{ " + name + " }}";
        if (const std::size_t begin = value.find(expression); begin != std::string::npos) {
          value.replace(begin, expression.size(), meaning);
        }
      }
      CHECK_FALSE(holds(value, "${{"));
      variables[variable.key] = value;
    }
    const std::string script = text_at(*step, "run");
    CHECK_FALSE(holds(script, "${{"));  // what an input holds would be read as shell text
    last = job.shell(script, variables);
    if (last.status != 0) break;
  }
  return last;
}

}  // namespace

TEST_CASE("every pre-commit hook runs") {
  const Job sound;
  const Job failing("false");
  const auto hooks = load(".pre-commit-hooks.yaml");
  REQUIRE(hooks->sequence()->items.size() == 3);
  for (const auto& hook : hooks->sequence()->items) {
    const std::string entry = text_at(*hook, "entry");
    INFO(entry);
    CHECK(text_at(*hook, "language") == "system");
    CHECK("picket-" + entry.substr(7, entry.find(' ', 7) - 7) == text_at(*hook, "id"));
    const ProgramOutput output = sound.shell(entry);
    INFO(output.err);
    CHECK(output.status == 0);
    CHECK(failing.shell(entry).status == (text_at(*hook, "id") == "picket-test" ? 1 : 0));
  }
  CHECK(sound.shell("picket test --min-tests 1").status == 0);
}

TEST_CASE("the action annotates, sums up and writes SARIF") {
  const Job sound;
  const ProgramOutput fine = run_action(sound, {});
  INFO(fine.err);
  CHECK(fine.status == 0);
  CHECK(fine.out.empty());
  CHECK(holds(read_file(sound.folder.path("summary.md")), "1 rule, 2 tests: 2 passed"));
  CHECK(holds(read_file(sound.folder.path("picket.sarif")), "\"results\":[]"));

  const Job failing("false");
  const ProgramOutput found = run_action(failing, {{"paths", "rules\n\nrules/token.yml\n"}, {"sarif", "other.sarif"}});
  CHECK(found.status == 1);
  CHECK(holds(found.out, "::error file=rules/token.yml,line=8,title=Test.Token%3A A token is created::"));
  CHECK(holds(read_file(failing.folder.path("summary.md")), "| rules/token.yml"));
  CHECK(holds(read_file(failing.folder.path("other.sarif")), "failed-test"));

  CHECK(run_action(sound, {{"min-mutation", "100"}}).status == 1);
  CHECK(run_action(sound, {{"options", "-E severity>=high --changed-since HEAD"}}).status == 0);
  // Inputs are never shell text.
  const ProgramOutput hostile = run_action(sound, {{"paths", "$(touch forged)"}, {"options", "; touch forged"}});
  CHECK(hostile.status == 2);
  CHECK_FALSE(std::filesystem::exists(sound.folder.path("forged")));
}

TEST_CASE("every command of the page on continuous integration runs") {
  const Job job;
  const std::string page = read_file(project_dir() / "tools/ci/README.md");
  std::size_t commands = 0;
  bool fenced = false;
  std::istringstream lines(page);
  const std::regex command("picket (check|test|fmt|cover|mutate) [^'#]*");
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("```")) fenced = !fenced;
    std::smatch match;
    if (!fenced || !std::regex_search(line, match, command)) continue;
    ++commands;
    const ProgramOutput output = job.shell(match.str(), {{"GITHUB_STEP_SUMMARY", job.folder.path("summary.md")}});
    INFO(match.str() << "\n" << output.out << output.err);
    CHECK(output.status == 0);
  }
  CHECK(commands == 12);
  // Every input of the action stands in its table.
  const auto action = load(".github/actions/picket/action.yml");
  for (const auto& input : at(*action, "inputs").mapping()->entries) CHECK(holds(page, "| `" + input.key + "` |"));
}

}  // namespace picket::tests
