// Tests that say how many alerts there must be of an event that comes again and again.
#include <string>
#include <vector>

#include "engine/ruletest/test_alerts.hpp"
#include "engine/ruletest/test_time.hpp"
#include "tests/catch.hpp"

namespace picket::tests {
namespace {

std::vector<Time> minutes(const std::vector<std::int64_t>& list) {
  std::vector<Time> times;
  for (const std::int64_t minute : list) times.push_back(Time{minute * microseconds_per_minute});
  return times;
}

std::vector<TestMatch> matches(const std::vector<std::int64_t>& list) {
  std::vector<TestMatch> all;
  for (const Time time : minutes(list)) all.push_back({time, {}});
  return all;
}

}  // namespace

TEST_CASE("a match that is repeated makes as many alerts as windows in which the threshold is reached") {
  struct Row {
    std::int64_t threshold;
    std::int64_t period;
    std::vector<std::int64_t> matches;
    std::vector<std::int64_t> alerts;
  };
  const std::vector<Row> rows = {
      {1, 60, {0}, {0}},
      {1, 60, {0, 59}, {0}},
      {1, 60, {0, 60}, {0}},  // both ends belong to the window
      {1, 60, {0, 61}, {0, 61}},
      {1, 60, {0, 40, 80, 120}, {0, 80}},  // tumbling from the first match, not sliding
      {3, 15, {0, 5}, {}},
      {3, 15, {0, 5, 10}, {10}},
      {3, 15, {0, 5, 10, 12, 14}, {10}},
      {3, 15, {0, 8, 16}, {}},
      {3, 15, {0, 8, 16, 17, 18}, {18}},
  };
  const Rule rule;
  for (const Row& row : rows) {
    INFO(row.threshold << " in " << row.period << ", last at " << row.matches.back());
    CHECK(alert_times(rule, {row.threshold, row.period}, matches(row.matches)) == minutes(row.alerts));
  }
}

TEST_CASE("a rule that gives signals only makes no alerts") {
  Rule rule;
  rule.create_alert = false;
  CHECK(alert_times(rule, {}, matches({0, 100})).empty());
}

TEST_CASE("times are told as tests give them") {
  CHECK(in_words(Time{6 * microseconds_per_minute}) == "minute 6");
  CHECK(in_words(Time{microseconds_per_minute * 3 / 2}) == "minute 1.5");
  CHECK(in_words(Time{1772439840000000}) == "2026-03-02T08:24:00Z");
  CHECK(to_json(written_time(Time{0})) == "0");
}

}  // namespace picket::tests
