// The results as JUnit XML.
#include "tools/report/junit.hpp"
#include "tools/test/test_report.hpp"

namespace picket {
namespace {

std::string failure_element(const TestFailure& failure) {
  std::string text = "      <failure" + xml_attribute("message", failure.message) +
                     xml_attribute("type", spelling(failure.kind)) + ">";
  for (const std::string& line : evidence_of(failure)) text += xml_text(line) + "\n";
  return text + "</failure>\n";
}

std::string case_element(const TestResult& result) {
  const RuleMetadata& rule = result.test_case.about();
  const TestHeading& test = result.test_case.heading();
  std::string text = "    <testcase" + xml_attribute("name", test.name.value) +
                     xml_attribute("classname", rule.id.value) + xml_attribute("file", rule.source->name()) +
                     xml_attribute("line", rule.source->locate(test.span.begin).line);
  if (result.passed()) return text + "/>\n";
  text += ">\n";
  if (result.skipped) text += "      <skipped/>\n";
  for (const TestFailure& failure : result.failures) text += failure_element(failure);
  return text + "    </testcase>\n";
}

// The errors of files, as test cases that could not run.
std::string error_suite(const TestReport& report) {
  std::string cases;
  for (const Diagnostic& diagnostic : report.diagnostics) {
    if (diagnostic.level != Level::error) continue;
    const LineColumn place = diagnostic.source->locate(diagnostic.span.begin);
    const std::string name =
        diagnostic.source->name() + ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
    cases += "    <testcase" + xml_attribute("name", name) + xml_attribute("classname", "picket.check") +
             xml_attribute("file", diagnostic.source->name()) + xml_attribute("line", place.line) + ">\n      <error" +
             xml_attribute("message", diagnostic.message) + xml_attribute("type", row_of(diagnostic.code).word) + ">" +
             xml_text(diagnostic.help) + "</error>\n    </testcase>\n";
  }
  return cases.empty() ? cases
                       : junit_suite("picket check", cases, {.tests = report.errors(), .errors = report.errors()});
}

}  // namespace

std::string junit_results(const TestReport& report) {
  std::string suites;
  for (std::size_t i = 0; i < report.results.size();) {
    const RuleMetadata* rule = &report.results[i].test_case.about();
    std::string cases;
    JunitCounts counts;
    for (; i < report.results.size() && &report.results[i].test_case.about() == rule; ++i, ++counts.tests) {
      const TestResult& result = report.results[i];
      cases += case_element(result);
      counts.failures += !result.skipped && !result.passed() ? 1 : 0;
      counts.skipped += result.skipped ? 1 : 0;
    }
    suites += junit_suite(rule->id.value, cases, counts);
  }
  return junit_document(
      "picket test", error_suite(report) + suites,
      {.tests = report.results.size() + report.errors(), .failures = report.failed(), .errors = report.errors()});
}

}  // namespace picket
