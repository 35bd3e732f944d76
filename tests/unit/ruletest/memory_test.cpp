// Tests of rules that remember: what they are given, what they expect, and what a failure tells.
#include <memory>
#include <string>
#include <vector>

#include "engine/analyse/analyse.hpp"
#include "engine/pack/pack.hpp"
#include "engine/ruletest/ruletest.hpp"
#include "engine/ruletest/setting.hpp"
#include "engine/ruletest/trace.hpp"
#include "tests/catch.hpp"

namespace picket {
namespace {

constexpr std::string_view head =
    "AnalysisType: rule\nRuleID: A.B\nEnabled: true\nLogTypes: [Test]\nSeverity: High\n"
    "Condition: |\n  region is not null\n  region not in previous\n"
    "Remember:\n  Key: 'regions of {user}'\n  Value: union(previous, [region])\n  When: region ne \"none\"\n  For: "
    "1d\n";

// A rule that knows regions, with one test; `keys` are the test's.
std::string rule(const std::string& expected, const std::string& keys) {
  return std::string(head) + "Tests:\n  - Name: one\n    ExpectedResult: " + expected +
         "\n    Log: {user: dana, region: b}\n" + keys;
}

struct Checked {
  CheckedPack pack;
  Diagnostics diagnostics;
};

Checked checked(const std::string& text) {
  Checked result;
  const auto source = std::make_shared<const Source>("a.yml", text);
  const auto pack = std::make_shared<const Pack>(load_sources({source}, {}, result.diagnostics));
  AnalysisOptions options;
  options.lints = false;
  result.pack = analyse(pack, options, result.diagnostics);
  return result;
}

TestResult run(const std::string& text) {
  const Checked loaded = checked(text);
  REQUIRE(loaded.diagnostics.size() == 0);
  const CheckedRule& rule = loaded.pack.rules.front();
  TestResult result = run_tests(loaded.pack, {{&rule, &rule.rule->tests.front()}}, {}).front();
  result.test_case = {};
  return result;
}

TEST_CASE("a test without a memory begins with an empty one") {
  CHECK(run(rule("true", "")).passed());
  CHECK(
      run(rule("true", "    Memory: {}\n    ExpectedMemory: {regions of dana: [b], regions of eve: null}\n")).passed());
}

TEST_CASE("a test's memory is what the event finds") {
  CHECK(run(rule("true", "    Memory: {regions of dana: [a]}\n    ExpectedMemory: {regions of dana: [a, b]}\n"))
            .passed());
  CHECK(run(rule("false", "    Memory: {regions of dana: [b]}\n")).passed());
  CHECK(run(rule("true", "    Memory: {regions of eve: [b]}\n")).passed());
}

TEST_CASE("a wrong verdict tells what the memory held") {
  const TestResult result = run(rule("true", "    Memory: {regions of dana: [a, b]}\n"));
  REQUIRE(result.failures.size() == 1);
  REQUIRE(result.failures.front().memory.size() == 1);
  CHECK(in_words(result.failures.front().memory.front()) == R"(`regions of dana` held ["a","b"])");
}

TEST_CASE("a memory that is not as expected fails its test, key by key") {
  const TestResult result = run(rule("true", "    ExpectedMemory: {regions of dana: [a], other: 1}\n"));
  REQUIRE(result.failures.size() == 1);
  const TestFailure& failure = result.failures.front();
  CHECK(failure.kind == TestFailure::Kind::memory);
  CHECK(failure.message == "the memory differs");
  CHECK(failure.details == std::vector<std::string>{R"(`regions of dana` holds ["b"], expected ["a"])",
                                                    "`other` holds nothing, expected 1",
                                                    "the event wrote `regions of dana`: [\"b\"]"});
}

TEST_CASE("a test's verdict and its memory may both be wrong") {
  const TestResult result =
      run(rule("false", "    Memory: {regions of dana: [a]}\n    ExpectedMemory: {regions of dana: [a]}\n"));
  REQUIRE(result.failures.size() == 2);
  CHECK(in_words(result.failures[0].memory.front()) == "`regions of dana` held [\"a\"]");
  CHECK(result.failures[1].kind == TestFailure::Kind::memory);
}

TEST_CASE("a memory that nothing reads, and an expected one that nothing writes, are told") {
  const std::string plain =
      "AnalysisType: rule\nRuleID: A.B\nEnabled: true\nLogTypes: [Test]\nSeverity: High\n"
      "Condition: a eq 1\nTests:\n  - Name: one\n    ExpectedResult: false\n    Log: {}\n"
      "    Memory: {a: 1}\n    ExpectedMemory: {a: 1}\n";
  const Checked loaded = checked(plain);
  std::vector<std::string> messages;
  for (const Diagnostic& diagnostic : loaded.diagnostics.all()) messages.push_back(diagnostic.message);
  CHECK(messages == std::vector<std::string>{"`Memory` has no effect: the rule does not look into the memory",
                                             "`ExpectedMemory` has no effect: the rule writes nothing"});
  CHECK_FALSE(loaded.diagnostics.has_errors());
}

TEST_CASE("a trace tells what was read and what would be written") {
  const Checked loaded = checked(rule("true", "    Memory: {regions of dana: [a]}\n"));
  const CheckedRule& checked_rule = loaded.pack.rules.front();
  const TestSetting setting(checked_rule, checked_rule.rule->tests.front(), {});
  Interpreter interpreter(loaded.pack);
  const Trace trace = trace_rule(interpreter, loaded.pack, checked_rule, setting.input());
  CHECK(trace.verdict);
  REQUIRE(trace.memory.size() == 1);
  CHECK(in_words(trace.memory.front()) == "`regions of dana` held [\"a\"]");
  REQUIRE(trace.write);
  CHECK(to_json(trace.write->value) == R"(["a","b"])");
  CHECK(trace.write->keep == Duration{86'400'000'000});
}

}  // namespace
}  // namespace picket
