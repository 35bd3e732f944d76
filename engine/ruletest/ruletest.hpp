// Running the tests of rules. The door of engine/ruletest.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/analyse/checked.hpp"
#include "engine/eval/judge.hpp"
#include "engine/frontend/correlation_rule.hpp"
#include "engine/ruletest/explain.hpp"
#include "engine/ruletest/memory_reading.hpp"

namespace picket {

// Something that a test asked for and did not get.
struct TestFailure {
  enum class Kind : std::uint8_t { verdict, title, severity, dedup, context, memory, alerts, mock, budget };
  Kind kind{};
  std::string message;   // a sentence without its full stop
  std::string expected;  // as text; empty where there is nothing to compare
  std::string actual;
  SourceSpan span;  // the expectation in the rule's file
  // Of a wrong context or memory what differs, key by key; of a correlation, and of a number of alerts, what there was.
  std::vector<std::string> details;
  std::vector<ComparisonReport> comparisons;  // of a wrong verdict
  std::vector<MemoryReading> memory;          // of a wrong verdict: what was read there
};

// "verdict", "title" …
[[nodiscard]] std::string_view spelling(TestFailure::Kind kind);

// One test to run, of a rule or of a correlation rule: the other two pointers are null. All live as long as the pack.
struct TestCase {
  const CheckedRule* rule = nullptr;
  const RuleTest* test = nullptr;
  const CheckedCorrelation* correlation = nullptr;
  const CorrelationTest* correlation_test = nullptr;

  [[nodiscard]] const RuleMetadata& about() const;
  [[nodiscard]] const TestHeading& heading() const;
};

struct TestResult {
  TestCase test_case;
  bool skipped = false;               // not run, after a failure: nothing below means anything
  bool actual = false;                // whether the condition held, or the correlation fired
  std::optional<AlertTexts> alert;    // if the verdict is an alert
  std::vector<TestFailure> failures;  // empty: passed

  [[nodiscard]] bool passed() const { return !skipped && failures.empty(); }
};

struct TestOptions {
  Time now;                       // what `now` is in tests without `Now`
  bool fail_fast = false;         // skip what stands after the first failure in order
  std::size_t threads = 0;        // 0: as many as the machine has
  std::size_t steps = 1'000'000;  // per evaluation, see EvaluationInput
};

// Runs the cases, in parallel, and returns a result for each in the same order; it does not depend on the number of
// threads. An event's log type is its `p_log_type`, else the first log type of the rule.
[[nodiscard]] std::vector<TestResult> run_tests(const CheckedPack& pack, const std::vector<TestCase>& cases,
                                                const TestOptions& options);

}  // namespace picket
