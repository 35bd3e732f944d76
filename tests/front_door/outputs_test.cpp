// The formats of reports, on standard output and in files: what events and rules hold cannot forge any of them.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "tests/catch.hpp"
#include "tests/front_door/program.hpp"
#include "tests/temporary_folder.hpp"

namespace picket::tests {
namespace {

// A rule with one test that fails and one that passes; names and values try to be more than text. 14 is the line of the
// first test.
constexpr std::string_view hostile =
    "AnalysisType: rule\nRuleID: Test.Evil\nEnabled: true\nLogTypes: [Zendesk.Audit]\nSeverity: High\n"
    "Condition: action eq \"<&>\"\nTests:\n"
    "  - Name: \"a # SKIP ]]> </script> | `x` <b>\\e[31m\\n::error::forged\\nok 9 - forged ##[error]\"\n"
    "    ExpectedResult: true\n"
    "    Log: {action: \"::error::forged\\n::error::forged ]]> <script>alert(1)</script> 100% # TODO\"}\n"
    "  - Name: fine\n    ExpectedResult: false\n    Log: {action: \"x\"}\n";
constexpr std::string_view broken_file =
    "AnalysisType: rule\nRuleID: Test.Broken\nEnabled: true\nLogTypes: [Zendesk.Audit]\nSeverity: High\n"
    "Condition: action equals \"]]> | # SKIP\"\n";

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::size_t count_lines(const std::string& text, const std::string& begin) {
  const std::vector<std::string> lines = lines_of(text);
  return static_cast<std::size_t>(
      std::count_if(lines.begin(), lines.end(), [&](const auto& line) { return line.starts_with(begin); }));
}

std::vector<std::string> formats_of(const std::string& command) {
  const std::string help = picket({command, "--help"}).out;
  const std::size_t begin = help.find("--format ") + 9;
  std::string names = help.substr(begin, help.find('\n', begin) - begin);
  std::replace(names.begin(), names.end(), '|', '\n');
  return lines_of(names);
}

}  // namespace

TEST_CASE("no format lets a control character of a rule or an event through") {
  const TemporaryFolder folder;
  folder.add("evil.yml", hostile);
  folder.add("broken.yml", broken_file);
  for (const std::string command : {"test", "check", "cover", "mutate"}) {
    const std::vector<std::string> formats = formats_of(command);
    CHECK(formats.size() >= 5);
    for (const std::string& format : formats) {
      INFO(command << " --format " << format);
      const ProgramResult result = picket({command, "--format", format, folder.path()});
      CHECK(result.status == 1);
      CHECK_FALSE(result.out.empty());
      CHECK(std::none_of(result.out.begin(), result.out.end(), [](char c) { return c >= 0 && c < ' ' && c != '\n'; }));
      if (format != "github") CHECK(count_lines(result.out, "::") == 0);
    }
  }
}

TEST_CASE("concise: a line for each finding") {
  const TemporaryFolder folder;
  const std::string evil = folder.add("evil.yml", hostile);
  const std::string wrong = folder.add("broken.yml", broken_file);
  const ProgramResult test = picket({"test", "--format", "concise", folder.path()});
  CHECK(lines_of(test.out) ==
        std::vector<std::string>{
            wrong + ":6:19: error[unknown-operator] `equals` is no operator",
            evil + ":8: FAIL Test.Evil: a # SKIP ]]> </script> | `x` <b>\\x1b[31m\\n::error::forged\\nok 9 - forged "
                   "##[error]: expected a match, got no match"});
  CHECK(picket({"check", "--format", "concise", folder.path()}).out ==
        wrong + ":6:19: error[unknown-operator] `equals` is no operator\n");
}

TEST_CASE("TAP: names cannot be directives or further points") {
  const TemporaryFolder folder;
  folder.add("evil.yml", hostile);
  folder.add("broken.yml", broken_file);
  const std::string out = picket({"test", "--format", "tap", folder.path()}).out;
  CHECK(out.starts_with("TAP version 13\n1..3\n"));
  CHECK(count_lines(out, "ok ") == 1);
  CHECK(count_lines(out, "not ok ") == 2);
  for (const std::string& line : lines_of(out)) {
    if (!line.starts_with("not ok ")) continue;
    for (std::size_t at = line.find('#'); at != std::string::npos; at = line.find('#', at + 1)) {
      CHECK(line[at - 1] == '\\');
    }
  }
  // What --fail-fast leaves out is skipped, and says so.
  CHECK(holds(picket({"test", "--fail-fast", "--format", "tap", folder.path()}).out,
              "ok 3 - Test.Evil: fine # SKIP an earlier test failed\n"));
  const std::string checked = picket({"check", "--format", "tap", folder.path()}).out;
  CHECK(checked.starts_with("TAP version 13\n1..2\nnot ok 1 - "));
}

TEST_CASE("GitHub: an annotation for each finding, none forged, the severest rules first") {
  const TemporaryFolder folder;
  folder.add("a.yml", hostile);
  std::string critical(hostile);
  critical.replace(critical.find("Test.Evil"), 9, "Test.Worse").replace(critical.find("High"), 4, "Critical");
  folder.add("b.yml", critical);
  folder.add("c.yml", broken_file);
  const std::vector<std::string> lines = lines_of(picket({"test", "--format", "github", folder.path()}).out);
  REQUIRE(lines.size() == 3);
  CHECK(holds(lines[0], "title=unknown-operator::"));
  CHECK(holds(lines[1], "title=Test.Worse%3A a # SKIP"));
  CHECK(holds(lines[2], "title=Test.Evil%3A a # SKIP"));
  for (const std::string& line : lines) {
    CHECK(line.starts_with("::error file="));
    CHECK(line.find("title=") < line.find("forged"));
  }
  CHECK(holds(lines[1], "100%25"));
  CHECK(holds(lines[1], "%0Afalse: action eq"));
}

TEST_CASE("a report for people gives GitHub no commands either") {
  const TemporaryFolder folder;
  std::string rule(hostile);
  // Long enough for the value to be broken at a blank: the next line would begin with the command.
  rule.replace(rule.find("::error::forged\\n::error"), 24, std::string(70, 'x') + " ::error::forged " + "::error");
  folder.add("evil.yml", rule);
  ::setenv("GITHUB_ACTIONS", "true", 1);  // NOLINT(concurrency-mt-unsafe): this test is one thread
  const std::string out = picket({"test", folder.path()}).out;
  ::unsetenv("GITHUB_ACTIONS");  // NOLINT(concurrency-mt-unsafe)
  for (std::string line : lines_of(out)) {
    line.erase(0, line.find_first_not_of(' '));
    CHECK_FALSE(line.starts_with("::"));
    CHECK_FALSE(holds(line, "##["));
  }
  CHECK(holds(out, "forged"));
}

TEST_CASE("SARIF: failed tests are results, with what a code host asks for") {
  const TemporaryFolder folder;
  folder.add("evil.yml", hostile);
  const auto log = nlohmann::json::parse(picket({"test", "--format", "sarif", folder.path()}).out);
  const auto& run = log.at("runs").at(0);
  REQUIRE(run.at("results").size() == 1);
  const auto& result = run.at("results").at(0);
  CHECK(result.at("ruleId") == "failed-test");
  const auto& rules = run.at("tool").at("driver").at("rules");
  CHECK(rules.at(result.at("ruleIndex").get<std::size_t>()).at("id") == "failed-test");
  CHECK(result.at("level") == "error");
  CHECK(result.at("message").at("text").get<std::string>().starts_with("Test.Evil: a # SKIP"));
  CHECK(result.at("locations").at(0).at("physicalLocation").at("region").at("startLine") == 8);
  CHECK(result.at("partialFingerprints").size() == 1);
}

// SARIF 2.1.0, 3.11.5 and 3.11.6.
TEST_CASE("SARIF: braces hold no arguments, and brackets are no links") {
  const TemporaryFolder folder;
  folder.add("r.yml",
             "AnalysisType: rule\nRuleID: A\nEnabled: true\nLogTypes: [T]\nSeverity: Low\nCondition: a eq \"{0}\"\n"
             "Tests:\n  - {Name: \"see [here](1)\", ExpectedResult: true, Log: {a: b}}\n");
  const auto log = nlohmann::json::parse(picket({"test", "--format", "sarif", folder.path()}).out);
  const auto text = log.at("runs").at(0).at("results").at(0).at("message").at("text").get<std::string>();
  CHECK_THAT(text, contains("a eq \"{{0}}\"") && contains("see [here] (1)"));
}

TEST_CASE("Markdown: values are neither markup nor cells") {
  const TemporaryFolder folder;
  folder.add("evil.yml", hostile);
  const std::string out = picket({"test", "--format", "markdown", folder.path()}).out;
  CHECK(holds(out, "1 rule, 2 tests: 1 passed, 1 failed, 0 skipped"));
  CHECK_FALSE(holds(out, "<script"));
  CHECK_FALSE(holds(out, "<b>"));
  CHECK(holds(out, R"(\| \`x\` \<b\>)"));
  CHECK(count_lines(out, "| ") == 2);  // the head and one row
}

TEST_CASE("JUnit and TAP of cover and mutate: a case for each rule, failing for what is left open") {
  const TemporaryFolder folder;
  folder.add(
      "open.yml",
      "AnalysisType: rule\nRuleID: T.Open\nEnabled: true\nLogTypes: [T]\nSeverity: Low\nCondition: a eq \"<x>\"\n"
      "Tests:\n  - {Name: one, ExpectedResult: true, Log: {a: <x>}}\n");
  folder.add("closed.yml",
             "AnalysisType: rule\nRuleID: T.Closed\nEnabled: true\nLogTypes: [T]\nSeverity: Low\nCondition: n gt 5\n"
             "Tests:\n  - {Name: five, ExpectedResult: false, Log: {n: 5}}\n  - {Name: six, ExpectedResult: true, Log: "
             "{n: 6}}\n");
  for (const std::string command : {"cover", "mutate"}) {
    INFO(command);
    const std::string junit = picket({command, "--format", "junit", folder.path()}).out;
    CHECK(holds(junit, R"(tests="2" failures="1")"));
    CHECK(holds(junit, R"(<testcase name="T.Closed" classname="picket.)" + command + "\""));
    CHECK(holds(junit, R"(<testcase name="T.Open" classname="picket.)" + command + "\""));
    CHECK_FALSE(holds(junit, "<x>"));
    const std::string tap = picket({command, "--format", "tap", folder.path()}).out;
    CHECK(holds(tap, "TAP version 13\n1..2\nok 1 - T.Closed\nnot ok 2 - T.Open\n  ---\n"));
  }
}

TEST_CASE("JUnit of check: a case for each file") {
  const TemporaryFolder folder;
  folder.add("evil.yml", hostile);
  folder.add("broken.yml", broken_file);
  const std::string out = picket({"check", "--format", "junit", folder.path()}).out;
  CHECK(holds(out, R"(<testsuites name="picket check" tests="2" failures="1" errors="0">)"));
  CHECK(holds(out, R"(<failure message="`equals` is no operator" type="unknown-operator">)"));
}

TEST_CASE("several reports at once: files hold what standard output would") {
  const TemporaryFolder folder;
  folder.add("rules/evil.yml", hostile);
  const std::string junit = folder.path("report.xml");
  const std::string sarif = folder.add("report.sarif", "old");
  const std::string rules = folder.path("rules");
  const ProgramResult both =
      picket({"test", "--output", "junit=" + junit, "--output", "sarif=" + sarif, "--format", "concise", rules});
  CHECK(both.status == 1);
  CHECK(both.out == picket({"test", "--format", "concise", rules}).out);
  CHECK(read_file(junit) == picket({"test", "--format", "junit", rules}).out);
  CHECK(read_file(sarif) == picket({"test", "--format", "sarif", rules}).out);
  std::size_t entries = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder.path())) ++entries;
  CHECK(entries == 3);  // nothing is left aside
}

TEST_CASE("reports that cannot be written are a fault of their own") {
  const TemporaryFolder folder;
  folder.add("rules/evil.yml", hostile);
  const std::string rules = folder.path("rules");
  const ProgramResult typo = picket({"test", "--output", "junt=x.xml", rules});
  CHECK(typo.status == 2);
  CHECK(holds(typo.err, "there is no format `junt`; did you mean `junit`?"));
  CHECK(holds(picket({"test", "--output", "junit", rules}).err, "`junit` names no file; write `junit=FILE`"));
  const ProgramResult nowhere = picket({"test", "--output", "json=" + folder.path("no/x.json"), rules});
  CHECK(nowhere.status == 2);
  CHECK(holds(nowhere.err, "there is no folder"));
  const ProgramResult twice =
      picket({"check", "--output", "json=" + folder.path("x"), "--output", "tap=" + folder.path("x"), rules});
  CHECK(twice.status == 2);
  CHECK(holds(twice.err, "another report goes there"));
}

}  // namespace picket::tests
