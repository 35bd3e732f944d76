#include <memory>

#include <nlohmann/json.hpp>

#include "tests/catch.hpp"
#include "tools/report/diagnostics.hpp"
#include "tools/report/findings.hpp"

namespace picket {
namespace {

Diagnostic diagnostic_at(const std::string& text, std::uint32_t begin, std::uint32_t end,
                         std::string name = "rule.yml") {
  Diagnostics diagnostics;
  return diagnostics.add(Code::unknown_operator, std::make_shared<const Source>(std::move(name), text), {begin, end},
                         "`equals` is no operator");
}

std::string human(const Diagnostic& diagnostic, std::size_t columns = 100) {
  return human_report(diagnostic, Palette(), columns);
}

}  // namespace

TEST_CASE("a person sees the place, the line, a caret and the cure") {
  Diagnostic diagnostic = diagnostic_at("a: 1\nCondition: action equals 1\n", 23, 29);
  CHECK(human(diagnostic) ==
        "rule.yml:2:19: error[unknown-operator]: `equals` is no operator\n"
        "   2 | Condition: action equals 1\n"
        "     |                   ^^^^^^\n");
  diagnostic.fixes.push_back({"write `eq`", diagnostic.span, "eq"});
  CHECK(human(diagnostic).ends_with("^^^^^^ did you mean `eq`?\n"));
  diagnostic.help = "did you mean `eq`?";
  CHECK(human(diagnostic).ends_with("^^^^^^ did you mean `eq`?\n"));
  diagnostic.help = "the operators are many";
  CHECK(human(diagnostic).ends_with("^^^^^^ did you mean `eq`?\n     help: the operators are many\n"));
}

TEST_CASE("carets stand right below tabs, wide characters and escaped controls") {
  const auto caret_below = [](const std::string& line, std::uint32_t at, std::size_t column) {
    const std::string text = human(diagnostic_at(line + "\n", at, at + 1));
    const std::string marks = text.substr(text.rfind('|') + 2);
    CHECK(marks == std::string(column, ' ') + "^\n");
  };
  caret_below("\tx", 1, 4);
  caret_below("ab\tx", 3, 4);
  caret_below("日本x", 6, 4);
  caret_below("\x1b[1mx", 4, 7);
  caret_below("x", 1, 1);  // at the end of the line
  caret_below("", 0, 0);
}

TEST_CASE("a long line is shown around its fault") {
  const std::string line = std::string(500, 'a') + "HERE" + std::string(500, 'b');
  const std::string text = human(diagnostic_at(line, 500, 504), 60);
  CHECK(text.find("…aaaa") != std::string::npos);
  CHECK(text.find("HEREbbb") != std::string::npos);
  CHECK(text.find("b…\n") != std::string::npos);
  const std::string shown = text.substr(text.find(" | ") + 3);
  const std::string marks = text.substr(text.rfind(" | ") + 3);
  CHECK(marks.find('^') == shown.find("HERE") - 2);  // the ellipsis is three bytes and one column
  CHECK(marks.find("^^^^\n") != std::string::npos);
}

TEST_CASE("related places are shown with their lines") {
  Diagnostic diagnostic = diagnostic_at("x: 1\nx: 2\n", 5, 6);
  diagnostic.related.push_back({diagnostic.source, {0, 1}, "first written here"});
  CHECK(human(diagnostic).find("note: rule.yml:1:1: first written here\n   1 | x: 1\n     | ^\n") != std::string::npos);
}

TEST_CASE("what a rule or a file name holds cannot steer the terminal") {
  Diagnostic diagnostic = diagnostic_at("a\x1b]0;x\x07", 0, 1, "evil\x1b[2J.yml");
  diagnostic.message = "`\x1b[31m` is no operator";
  CHECK(human(diagnostic).find('\x1b') == std::string::npos);
}

TEST_CASE("the JSON report is what its document says") {
  Diagnostic diagnostic = diagnostic_at("a: 1\nCondition: é equals 1\n", 19, 25);
  diagnostic.fixes.push_back({"write `eq`", diagnostic.span, "eq"});
  const auto json = nlohmann::json::parse(json_report(std::vector{diagnostic}));
  const auto& entry = json.at("diagnostics").at(0);
  CHECK(entry.at("code") == "unknown-operator");
  CHECK(entry.at("level") == "error");
  CHECK(entry.at("file") == "rule.yml");
  CHECK(entry.at("line") == 2);
  CHECK(entry.at("column") == 14);  // code points, not bytes
  CHECK(entry.at("end_column") == 20);
  CHECK(entry.at("help").is_null());
  CHECK(entry.at("fixes").at(0).at("replacement") == "eq");
  CHECK(nlohmann::json::accept(json_report(std::vector{diagnostic_at("x", 0, 1, "caf\xE9.yml")})));
}

TEST_CASE("annotations for GitHub cannot be forged") {
  Diagnostic diagnostic = diagnostic_at("x", 0, 1, "a,b:c%.yml");
  diagnostic.message = "50% of\n::error::forged";
  const std::string text = github_report(std::vector{finding_of(diagnostic)});
  CHECK(text ==
        "::error file=a%2Cb%3Ac%25.yml,line=1,endLine=1,col=1,endColumn=2,title=unknown-operator::50%25 "
        "of%0A::error::forged\n");
}

TEST_CASE("the SARIF log has the parts that the standard asks for") {
  Diagnostic diagnostic = diagnostic_at("a: 1\nb\n", 5, 6, "rules/my rule.yml");
  diagnostic.fixes.push_back({"write `eq`", diagnostic.span, "eq"});
  const auto log = nlohmann::json::parse(sarif_report(std::vector{finding_of(diagnostic)}));
  CHECK(log.at("version") == "2.1.0");
  const auto& run = log.at("runs").at(0);
  const auto& rules = run.at("tool").at("driver").at("rules");
  CHECK(rules.size() == diagnostic_codes().size() + finding_kinds().size());
  const auto& result = run.at("results").at(0);
  CHECK(rules.at(result.at("ruleIndex").get<std::size_t>()).at("id") == result.at("ruleId"));
  const auto& place = result.at("locations").at(0).at("physicalLocation");
  CHECK(place.at("artifactLocation").at("uri") == "rules/my%20rule.yml");
  CHECK(place.at("region").at("startLine") == 2);
  CHECK(place.at("region").at("endColumn") == 2);
  CHECK(
      result.at("fixes").at(0).at("artifactChanges").at(0).at("replacements").at(0).at("insertedContent").at("text") ==
      "eq");
}

TEST_CASE("the summary counts") {
  CHECK(summary_line({}, 3, Palette()) == "3 files: no errors, no warnings");
  CHECK(summary_line(std::vector{diagnostic_at("x", 0, 1)}, 1, Palette()) == "1 error in 1 file");
}

}  // namespace picket
