// The outcome of a run of tests, and its reports.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "engine/ruletest/ruletest.hpp"
#include "grammar/text/diagnostic.hpp"
#include "tools/report/finding.hpp"
#include "tools/report/formats.hpp"

namespace picket {

// A rule that was selected.
struct TestedRule {
  const RuleMetadata* about = nullptr;
  std::size_t tests = 0;  // that it has
};

struct TestReport {
  std::vector<TestResult> results;            // in file order; those of correlation rules come last
  std::vector<TestedRule> rules;              // selected, in the same order
  std::vector<const RuleMetadata*> untested;  // of them, those without tests
  std::vector<Diagnostic> diagnostics;        // sorted
  std::size_t unloaded_tests = 0;  // tests of rules that have errors or are not judged, and so could not be run
  std::size_t skipped_rules = 0;   // whose logic is Python, or of a kind that is not supported

  // Every test is one of passed, failed and skipped.
  [[nodiscard]] std::size_t tests() const { return results.size() + unloaded_tests; }
  [[nodiscard]] std::size_t passed() const;
  [[nodiscard]] std::size_t failed() const;
  [[nodiscard]] std::size_t skipped() const { return tests() - passed() - failed(); }
  // Diagnostics of that level.
  [[nodiscard]] std::size_t errors() const { return count(Level::error); }
  [[nodiscard]] std::size_t warnings() const { return count(Level::warning); }

 private:
  [[nodiscard]] std::size_t count(Level level) const;
};

// What a failed test saw, as lines of text: the comparisons of a wrong verdict, else what was expected and what came.
[[nodiscard]] std::vector<std::string> evidence_of(const TestFailure& failure);
// Diagnostics of files of that level and above, and failed tests.
[[nodiscard]] std::vector<Finding> findings_of(const TestReport& report, Level least = Level::error);

// For people: diagnostics, then failing tests in full, then counts. With details also what passed.
[[nodiscard]] std::string human_results(const TestReport& report, const Canvas& canvas);
// As tools/README.md documents it.
[[nodiscard]] std::string json_results(const TestReport& report);
// JUnit XML, as CI servers read it: a suite for each rule, and one for the errors of files.
[[nodiscard]] std::string junit_results(const TestReport& report);

// The Test Anything Protocol: a point for each error of a file, and each test.
[[nodiscard]] std::string tap_results(const TestReport& report);
// For GitHub's step summary: counts, and a table of what failed.
[[nodiscard]] std::string markdown_results(const TestReport& report);

// The formats of `picket test`.
[[nodiscard]] std::span<const Format<TestReport>> test_formats();

}  // namespace picket
