// The results in the formats that are made of findings, and the table of all formats.
#include <array>

#include "tools/report/counted.hpp"
#include "tools/report/findings.hpp"
#include "tools/test/test_report.hpp"

namespace picket {
namespace {

std::string subject_of(const TestResult& result) {
  return result.test_case.about().id.value + ": " + result.test_case.heading().name.value;
}

Finding finding_of(const TestResult& result) {
  Finding finding = finding_of(failing_test, result.test_case.about(), result.test_case.heading().span);
  finding.subject = subject_of(result);
  for (const TestFailure& failure : result.failures) {
    finding.message += (finding.message.empty() ? "" : "; ") + failure.message;
    const std::vector<std::string> evidence = evidence_of(failure);
    finding.details.insert(finding.details.end(), evidence.begin(), evidence.end());
  }
  return finding;
}

TapPoint point_of(const TestResult& result) {
  TapPoint point{.passed = result.passed(), .name = subject_of(result), .skipped = {}, .details = {}};
  if (result.skipped) point.skipped = "an earlier test failed";
  if (result.skipped || result.passed()) return point;
  const Finding finding = finding_of(result);
  const std::uint32_t line = finding.source->locate(finding.span.begin).line;
  point.details = {{"message", finding.message}, {"at", finding.source->name() + ":" + std::to_string(line)}};
  std::string evidence;
  for (const std::string& detail : finding.details) evidence += (evidence.empty() ? "" : " | ") + detail;
  if (!evidence.empty()) point.details.emplace_back("evidence", evidence);
  return point;
}

}  // namespace

std::vector<std::string> evidence_of(const TestFailure& failure) {
  if (!failure.details.empty()) return failure.details;
  std::vector<std::string> lines;
  if (failure.comparisons.empty() && !(failure.expected.empty() && failure.actual.empty())) {
    return {"expected: " + failure.expected, "actual: " + failure.actual};
  }
  for (const ComparisonReport& comparison : failure.comparisons) {
    std::string line = std::string(spelling(comparison.state)) + ": " + comparison.text;
    if (!comparison.actual.empty()) line += " (is " + comparison.actual + ")";
    if (!comparison.note.empty()) line += "; " + comparison.note;
    lines.push_back(std::move(line));
  }
  return lines;
}

std::vector<Finding> findings_of(const TestReport& report, Level least) {
  std::vector<Finding> findings;
  for (const Diagnostic& diagnostic : report.diagnostics) {
    if (diagnostic.level <= least) findings.push_back(finding_of(diagnostic));
  }
  for (const TestResult& result : report.results) {
    if (!result.skipped && !result.passed()) findings.push_back(finding_of(result));
  }
  return findings;
}

std::string tap_results(const TestReport& report) {
  std::vector<TapPoint> points;
  for (const Finding& finding : findings_of(std::span<const Diagnostic>(report.diagnostics))) {
    if (finding.level != Level::error) continue;
    const std::uint32_t line = finding.source->locate(finding.span.begin).line;
    points.push_back({.passed = false,
                      .name = finding.source->name() + ":" + std::to_string(line) + ": " + std::string(finding.code),
                      .skipped = {},
                      .details = {{"message", finding.message}}});
  }
  for (const TestResult& result : report.results) points.push_back(point_of(result));
  return tap_report(points);
}

std::string markdown_results(const TestReport& report) {
  const bool fine = report.failed() == 0 && report.errors() == 0;
  std::string text = std::string("### ") + (fine ? "✅" : "❌") + " Tests of rules\n\n" +
                     counted(report.rules.size(), "rule") + ", " + counted(report.tests(), "test") + ": " +
                     std::to_string(report.passed()) + " passed, " + std::to_string(report.failed()) + " failed, " +
                     std::to_string(report.skipped()) + " skipped";
  if (report.errors() > 0) text += ", " + counted(report.errors(), "error") + " in files";
  text += "\n\n";
  const std::string table = markdown_table(findings_of(report));
  return table.empty() ? text : text + table + "\n";
}

std::span<const Format<TestReport>> test_formats() {
  static constexpr std::array<Format<TestReport>, 8> table{{
      {"human", "for people: failing tests with what their comparisons saw", human_results},
      {"concise", "a line for each failing test and error, as compilers write it",
       [](const TestReport& report, const Canvas&) { return concise_report(findings_of(report)); }},
      {"json", "for programs; tools/README.md documents it",
       [](const TestReport& report, const Canvas&) { return json_results(report); }},
      {"junit", "JUnit XML, for Jenkins, GitLab and most CI servers",
       [](const TestReport& report, const Canvas&) { return junit_results(report); }},
      {"sarif", "SARIF 2.1.0, for code hosts; with warnings and notes, too",
       [](const TestReport& report, const Canvas&) { return sarif_report(findings_of(report, Level::note)); }},
      {"tap", "the Test Anything Protocol, version 13",
       [](const TestReport& report, const Canvas&) { return tap_results(report); }},
      {"github", "annotations for GitHub Actions, the most important first",
       [](const TestReport& report, const Canvas&) { return github_report(findings_of(report)); }},
      {"markdown", "counts and a table, for GitHub's step summary",
       [](const TestReport& report, const Canvas&) { return markdown_results(report); }},
  }};
  return table;
}

}  // namespace picket
