// How many alerts come of an event that comes again and again.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/eval/judge.hpp"
#include "engine/ruletest/ruletest.hpp"

namespace picket {

// How a rule counts its matches.
struct Counting {
  std::int64_t threshold = 1;
  std::int64_t dedup_minutes = 60;
};

[[nodiscard]] Counting counting_of(const Rule& rule);

// A match that would be counted, and what its alert would say.
struct TestMatch {
  Time time;
  AlertTexts texts;
};

// The matches, in the order of time, if the test's event came at each of these times: `now`, and what the rule
// remembers, go on from what the test says of them. Those that the evaluation gives up on are left out.
[[nodiscard]] std::vector<TestMatch> matches_at(Interpreter& interpreter, const CheckedRule& rule, const RuleTest& test,
                                                const TestOptions& options, std::span<const Time> times);

// When alerts of these matches would be told, as engine/state counts. REQUIRES: the order of time.
[[nodiscard]] std::vector<Time> alert_times(const Rule& rule, const Counting& counting,
                                            std::span<const TestMatch> matches);

}  // namespace picket
