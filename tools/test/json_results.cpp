// The results as JSON.
#include "engine/event/value.hpp"
#include "engine/ruletest/comparison_json.hpp"
#include "grammar/text/unicode.hpp"
#include "tools/report/diagnostics.hpp"
#include "tools/test/test_report.hpp"

namespace picket {
namespace {

Value count(std::size_t number) { return static_cast<std::int64_t>(number); }

Value failure_object(const TestFailure& failure) {
  List comparisons;
  for (const ComparisonReport& comparison : failure.comparisons) comparisons.emplace_back(comparison_json(comparison));
  List details;
  for (const std::string& detail : failure.details) details.emplace_back(valid_utf8(detail));
  List memory;
  for (const MemoryReading& reading : failure.memory) {
    memory.emplace_back(Object{{"key", valid_utf8(reading.key)}, {"value", reading.held}});
  }
  const bool compared = !failure.expected.empty() || !failure.actual.empty();
  return Object{{"kind", spelling(failure.kind)},
                {"message", valid_utf8(failure.message)},
                {"expected", compared ? Value(valid_utf8(failure.expected)) : Value()},
                {"actual", compared ? Value(valid_utf8(failure.actual)) : Value()},
                {"details", std::move(details)},
                {"comparisons", std::move(comparisons)},
                {"memory", std::move(memory)}};
}

Value alert_object(const std::optional<AlertTexts>& alert) {
  if (!alert) return nullptr;
  return Object{{"title", alert->title},
                {"dedup", alert->dedup},
                {"severity", alert_word(alert->severity)},
                {"context", alert->context}};
}

Value result_object(const TestResult& result) {
  const RuleMetadata& rule = result.test_case.about();
  const TestHeading& test = result.test_case.heading();
  List failures;
  for (const TestFailure& failure : result.failures) failures.push_back(failure_object(failure));
  return Object{{"rule_id", rule.id.value},
                {"test", test.name.value},
                {"file", valid_utf8(rule.source->name())},
                {"line", std::int64_t{rule.source->locate(test.span.begin).line}},
                {"expected", test.expected},
                {"actual", result.actual},
                {"passed", result.passed()},
                {"alert", alert_object(result.alert)},
                {"failures", std::move(failures)}};
}

}  // namespace

std::string json_results(const TestReport& report) {
  const Value summary = Object{{"rules", count(report.rules.size())}, {"tests", count(report.tests())},
                               {"passed", count(report.passed())},    {"failed", count(report.failed())},
                               {"skipped", count(report.skipped())},  {"errors", count(report.errors())}};
  List results;
  for (const TestResult& result : report.results) {
    if (!result.skipped) results.push_back(result_object(result));
  }
  List diagnostics;
  for (const Diagnostic& diagnostic : report.diagnostics) diagnostics.push_back(brief_diagnostic(diagnostic));
  return to_json(
             Object{{"summary", summary}, {"results", std::move(results)}, {"diagnostics", std::move(diagnostics)}}) +
         "\n";
}

}  // namespace picket
