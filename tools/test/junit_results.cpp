// The results as JUnit XML, in the form that Jenkins, GitLab and GitHub's actions read.
#include <string_view>

#include "tools/report/diagnostics.hpp"
#include "tools/terminal/display.hpp"
#include "tools/test/test_report.hpp"

namespace picket {
namespace {

// Control characters are written out, since XML 1.0 cannot hold them; line ends of our own text stay.
std::string escape(std::string_view text) {
  std::string escaped;
  for (const char c : escape_controls(text)) {
    if (c == '&') {
      escaped += "&amp;";
    } else if (c == '<') {
      escaped += "&lt;";
    } else if (c == '>') {
      escaped += "&gt;";
    } else if (c == '"') {
      escaped += "&quot;";
    } else {
      escaped += c;
    }
  }
  // The two characters that XML excludes and that are no controls: U+FFFE and U+FFFF.
  for (const std::string_view excluded : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"}) {
    for (std::size_t at = escaped.find(excluded); at != std::string::npos; at = escaped.find(excluded, at)) {
      escaped.replace(at, excluded.size(), "\xEF\xBF\xBD");
    }
  }
  return escaped;
}

std::string attribute(std::string_view name, std::string_view value) {
  return " " + std::string(name) + "=\"" + escape(value) + "\"";
}

std::string attribute(std::string_view name, std::size_t value) { return attribute(name, std::to_string(value)); }

std::string failure_element(const TestFailure& failure) {
  std::string text =
      "      <failure" + attribute("message", failure.message) + attribute("type", spelling(failure.kind)) + ">";
  if (failure.comparisons.empty() && !(failure.expected.empty() && failure.actual.empty())) {
    text += "expected: " + escape(failure.expected) + "\nactual: " + escape(failure.actual) + "\n";
  }
  for (const ComparisonReport& comparison : failure.comparisons) {
    text += escape(spelling(comparison.state)) + ": " + escape(comparison.text);
    if (!comparison.actual.empty()) text += " (is " + escape(comparison.actual) + ")";
    if (!comparison.note.empty()) text += "; " + escape(comparison.note);
    text += "\n";
  }
  return text + "</failure>\n";
}

std::string case_element(const TestResult& result) {
  const Rule& rule = *result.test_case.rule->rule;
  const RuleTest& test = *result.test_case.test;
  std::string text = "    <testcase" + attribute("name", test.name.value) + attribute("classname", rule.id.value) +
                     attribute("file", rule.source->name()) +
                     attribute("line", rule.source->locate(test.span.begin).line);
  if (result.passed()) return text + "/>\n";
  text += ">\n";
  if (result.skipped) text += "      <skipped/>\n";
  for (const TestFailure& failure : result.failures) text += failure_element(failure);
  return text + "    </testcase>\n";
}

std::string suite(std::string_view name, std::string_view cases, std::size_t tests, std::size_t failures,
                  std::size_t errors, std::size_t skipped) {
  return "  <testsuite" + attribute("name", name) + attribute("tests", tests) + attribute("failures", failures) +
         attribute("errors", errors) + attribute("skipped", skipped) + ">\n" + std::string(cases) + "  </testsuite>\n";
}

// The errors of files, as test cases that could not run.
std::string error_suite(const TestReport& report) {
  std::string cases;
  for (const Diagnostic& diagnostic : report.diagnostics) {
    if (diagnostic.level != Level::error) continue;
    const LineColumn place = diagnostic.source->locate(diagnostic.span.begin);
    const std::string name =
        diagnostic.source->name() + ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
    cases += "    <testcase" + attribute("name", name) + attribute("classname", "picket.check") +
             attribute("file", diagnostic.source->name()) + attribute("line", place.line) + ">\n      <error" +
             attribute("message", diagnostic.message) + attribute("type", row_of(diagnostic.code).word) + ">" +
             escape(diagnostic.help) + "</error>\n    </testcase>\n";
  }
  return cases.empty() ? cases : suite("picket check", cases, report.errors(), 0, report.errors(), 0);
}

}  // namespace

std::string junit_results(const TestReport& report) {
  std::string suites;
  for (std::size_t i = 0; i < report.results.size();) {
    const CheckedRule* rule = report.results[i].test_case.rule;
    std::string cases;
    std::size_t tests = 0;
    std::size_t failures = 0;
    std::size_t skipped = 0;
    for (; i < report.results.size() && report.results[i].test_case.rule == rule; ++i, ++tests) {
      const TestResult& result = report.results[i];
      cases += case_element(result);
      failures += !result.skipped && !result.passed() ? 1 : 0;
      skipped += result.skipped ? 1 : 0;
    }
    suites += suite(rule->rule->id.value, cases, tests, failures, 0, skipped);
  }
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" + attribute("name", "picket test") +
         attribute("tests", report.results.size() + report.errors()) + attribute("failures", report.failed()) +
         attribute("errors", report.errors()) + ">\n" + error_suite(report) + suites + "</testsuites>\n";
}

}  // namespace picket
