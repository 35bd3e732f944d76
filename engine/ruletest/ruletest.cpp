#include "engine/ruletest/ruletest.hpp"

#include <algorithm>
#include <atomic>
#include <thread>
#include <utility>

#include "engine/eval/remember.hpp"
#include "engine/ruletest/correlation_test.hpp"
#include "engine/ruletest/nearby.hpp"
#include "engine/ruletest/setting.hpp"
#include "engine/ruletest/test_alerts.hpp"
#include "engine/ruletest/test_time.hpp"

namespace picket {
namespace {

constexpr std::size_t cases_per_turn = 16;  // that a thread takes at once
constexpr std::size_t most_alerts_told = 5;

std::string_view verdict_words(const Rule& rule, bool condition) {
  if (rule.kind == RuleKind::policy) return condition ? "compliant" : "not compliant";
  return condition ? "a match" : "no match";
}

TestFailure failure(TestFailure::Kind kind, std::string message, SourceSpan span) {
  TestFailure failure;
  failure.kind = kind;
  failure.message = std::move(message);
  failure.span = span;
  return failure;
}

void expect_text(TestResult& result, TestFailure::Kind kind, const std::string& expected, const std::string& actual,
                 SourceSpan span) {
  if (expected == actual) return;
  TestFailure& wrong =
      result.failures.emplace_back(failure(kind, "the " + std::string(spelling(kind)) + " differs", span));
  wrong.expected = expected;
  wrong.actual = actual;
}

// "`actor` is "dana", expected "eve"": what differs, key by key.
std::vector<std::string> differences(const Object& expected, const Object& actual) {
  std::vector<std::string> list;
  for (const auto& [key, value] : expected.entries()) {
    const Value* found = actual.find_exact(key);
    if (found == nullptr) {
      list.push_back("`" + key + "` is missing, expected " + short_json(value));
    } else if (!(*found == value)) {
      list.push_back("`" + key + "` is " + short_json(*found) + ", expected " + short_json(value));
    }
  }
  for (const auto& [key, value] : actual.entries()) {
    if (expected.find_exact(key) == nullptr) list.push_back("`" + key + "` is " + short_json(value) + ", not expected");
  }
  return list;
}

void expect_context(TestResult& result, const Located<Value>& expected, const Value& actual) {
  if (expected.value == actual) return;
  const Object none;
  const Object* wanted = expected.value.object();
  const Object* found = actual.object();
  TestFailure& wrong =
      result.failures.emplace_back(failure(TestFailure::Kind::context, "the context differs", expected.span));
  wrong.expected = to_json(expected.value);
  wrong.actual = to_json(actual);
  wrong.details = differences(wanted != nullptr ? *wanted : none, found != nullptr ? *found : none);
}

std::string alerts_in_words(std::size_t count) {
  return count == 0 ? "no alert" : count == 1 ? "1 alert" : std::to_string(count) + " alerts";
}

// Last, for the event is evaluated anew.
void check_number_of_alerts(TestResult& result, Interpreter& interpreter, const TestOptions& options) {
  const RuleTest& test = *result.test_case.test;
  if (!test.expected_alerts || !result.alert || result.actual != test.expected) return;
  const CheckedRule& rule = *result.test_case.rule;
  const std::vector<Time> alerts =
      alert_times(*rule.rule, counting_of(*rule.rule), matches_at(interpreter, rule, test, options, test.times));
  const auto expected = static_cast<std::size_t>(std::max<std::int64_t>(test.expected_alerts->value, 0));
  if (alerts.size() == expected) return;
  TestFailure& wrong = result.failures.emplace_back(failure(
      TestFailure::Kind::alerts, "expected " + alerts_in_words(expected) + ", got " + alerts_in_words(alerts.size()),
      test.expected_alerts->span));
  wrong.expected = std::to_string(expected);
  wrong.actual = std::to_string(alerts.size());
  for (const Time time : alerts) {
    if (wrong.details.size() == most_alerts_told) {
      wrong.details.push_back("and " + std::to_string(alerts.size() - most_alerts_told) + " more");
      break;
    }
    wrong.details.push_back("an alert at " + in_words(time));
  }
}

// Told where DynamicSeverity stands, for that is what is wrong, whatever the test expects.
bool check_gives_severity(TestResult& result, Interpreter& interpreter) {
  const CheckedRule& rule = *result.test_case.rule;
  const std::optional<Value> odd = odd_severity(interpreter, rule);
  if (!odd) return true;
  TestFailure& wrong = result.failures.emplace_back(
      failure(TestFailure::Kind::severity, "DynamicSeverity gives " + short_json(*odd) + ", which is no severity",
              rule.rule->dynamic_severity->span));
  wrong.details.emplace_back("severities are INFO, LOW, MEDIUM, HIGH, CRITICAL, and DEFAULT for the rule's Severity");
  return false;
}

void check_alert(TestResult& result, Interpreter& interpreter) {
  using Kind = TestFailure::Kind;
  const RuleTest& test = *result.test_case.test;
  const AlertTexts& alert = *result.alert;
  if (test.expected_title) {
    expect_text(result, Kind::title, test.expected_title->value, alert.title, test.expected_title->span);
  }
  if (check_gives_severity(result, interpreter) && test.expected_severity) {
    expect_text(result, Kind::severity, alert_word(test.expected_severity->value), alert_word(alert.severity),
                test.expected_severity->span);
  }
  if (test.expected_dedup) {
    expect_text(result, Kind::dedup, test.expected_dedup->value, alert.dedup, test.expected_dedup->span);
  }
  if (test.expected_context) expect_context(result, *test.expected_context, alert.context);
}

void check_test_mocks(TestResult& result) {
  for (const RuleTest::Mock& mock : result.test_case.test->mocks) {
    if (result.test_case.rule->mockable.find(mock.name.value) != result.test_case.rule->mockable.end()) continue;
    result.failures.push_back(
        failure(TestFailure::Kind::mock, "there is no definition `" + mock.name.value + "` to mock", mock.name.span));
  }
}

void check_verdict(TestResult& result, Interpreter& interpreter, const CheckedPack& pack,
                   const EvaluationInput& input) {
  const CheckedRule& rule = *result.test_case.rule;
  const RuleTest& test = *result.test_case.test;
  if (result.actual == test.expected) return;
  const std::string expected(verdict_words(*rule.rule, test.expected));
  const std::string actual(verdict_words(*rule.rule, result.actual));
  TestFailure& wrong = result.failures.emplace_back(
      failure(TestFailure::Kind::verdict, "expected " + expected + ", got " + actual, test.expected_span));
  wrong.expected = expected;
  wrong.actual = actual;
  wrong.comparisons = explain_verdict(interpreter, pack, rule, input);
  wrong.memory = readings_of(interpreter);
}

// Last, for the write it asks about changes what the setting's memory holds.
void check_memory(TestResult& result, TestSetting& setting, const std::optional<MemoryWrite>& write) {
  const auto& expected = result.test_case.test->expected_memory;
  if (!expected || expected->value.object() == nullptr) return;
  const MemorySnapshot& memory = write ? setting.remember(*write) : setting.input().memory;
  std::vector<std::string> differences = memory_differences(expected->value, memory, write);
  if (differences.empty()) return;
  TestFailure& wrong =
      result.failures.emplace_back(failure(TestFailure::Kind::memory, "the memory differs", expected->span));
  wrong.details = std::move(differences);
}

TestResult run_case(Interpreter& interpreter, const CheckedPack& pack, const TestCase& test_case,
                    const TestOptions& options) {
  if (test_case.correlation != nullptr) return run_correlation_test(test_case);
  TestResult result;
  result.test_case = test_case;
  const RuleTest& test = *test_case.test;
  const Rule& rule = *test_case.rule->rule;
  TestSetting setting(*test_case.rule, test, options);
  const EvaluationInput& input = setting.input();

  check_test_mocks(result);
  interpreter.start(input);
  result.actual = interpreter.holds(test_case.rule->condition);
  if (alerts(rule, result.actual)) result.alert = alert_texts(interpreter, *test_case.rule);
  const std::optional<MemoryWrite> write = write_of(interpreter, *test_case.rule);
  if (interpreter.exhausted()) {
    const std::string message =
        "gave up after " + std::to_string(options.steps) + " steps: the rule is too costly for this event";
    result.failures.push_back(failure(TestFailure::Kind::budget, message, test.event_span));
    return result;
  }
  if (result.alert && result.actual == test.expected) check_alert(result, interpreter);
  check_verdict(result, interpreter, pack, input);
  check_memory(result, setting, write);
  check_number_of_alerts(result, interpreter, options);
  return result;
}

}  // namespace

std::string_view spelling(TestFailure::Kind kind) {
  switch (kind) {
    case TestFailure::Kind::verdict:
      return "verdict";
    case TestFailure::Kind::title:
      return "title";
    case TestFailure::Kind::severity:
      return "severity";
    case TestFailure::Kind::dedup:
      return "dedup";
    case TestFailure::Kind::context:
      return "context";
    case TestFailure::Kind::memory:
      return "memory";
    case TestFailure::Kind::alerts:
      return "alerts";
    case TestFailure::Kind::mock:
      return "mock";
    case TestFailure::Kind::budget:
      return "budget";
  }
  return {};
}

const RuleMetadata& TestCase::about() const {
  if (correlation != nullptr) return *correlation->rule;
  return *rule->rule;
}

const TestHeading& TestCase::heading() const {
  if (correlation_test != nullptr) return *correlation_test;
  return *test;
}

std::vector<TestResult> run_tests(const CheckedPack& pack, const std::vector<TestCase>& cases,
                                  const TestOptions& options) {
  std::vector<TestResult> results(cases.size());
  std::atomic<std::size_t> next = 0;
  std::atomic<std::size_t> first_failure = cases.size();
  const auto work = [&] {
    Interpreter interpreter(pack);
    for (std::size_t begin = next.fetch_add(cases_per_turn); begin < cases.size();
         begin = next.fetch_add(cases_per_turn)) {
      for (std::size_t i = begin; i < std::min(begin + cases_per_turn, cases.size()); ++i) {
        if (options.fail_fast && i > first_failure.load()) return;
        results[i] = run_case(interpreter, pack, cases[i], options);
        if (results[i].passed()) continue;
        std::size_t known = first_failure.load();
        while (i < known && !first_failure.compare_exchange_weak(known, i)) {
        }
      }
    }
  };
  const std::size_t turns = (cases.size() + cases_per_turn - 1) / cases_per_turn;
  const std::size_t machine = options.threads != 0 ? options.threads : std::thread::hardware_concurrency();
  std::vector<std::thread> others;
  for (std::size_t i = 1; i < std::min(std::max<std::size_t>(machine, 1), turns); ++i) others.emplace_back(work);
  work();
  for (std::thread& other : others) other.join();

  if (options.fail_fast) {
    for (std::size_t i = first_failure.load() + 1; i < cases.size(); ++i) {
      results[i] = TestResult{};
      results[i].test_case = cases[i];
      results[i].skipped = true;
    }
  }
  return results;
}

}  // namespace picket
