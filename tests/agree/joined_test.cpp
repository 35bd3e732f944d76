// Comparisons joined by two and by three in every way that the language has, by both engines.
#include "tests/agree/shrink.hpp"
#include "tests/agree/small_rules.hpp"
#include "tests/catch.hpp"

namespace picket::tests {
namespace {

TEST_CASE("the engines agree on every two comparisons joined") {
  // As in small_test.cpp; the forms of joining are 41.
  const std::size_t stride = agree_pairs() >= 10'000'000 ? 1 : agree_pairs() >= 1'000'000 ? 2 : 100;
  Scenario scenario = scenario_of(thinned(joined_conditions(), stride));
  const std::vector<Value> values = {nullptr, "abc", "ABC", "axyz", "", 1, List{"abc"}};
  const std::vector<Value> numbers = {nullptr, 0, 1, 2.5, "abc"};
  std::vector<Value> events;
  for (const Value& x : values) {
    for (const Value& y : values) {
      for (const Value& z : numbers) {
        events.emplace_back(
            Object{{"x", x}, {"y", y}, {"z", z}, {"l", List{y, x}}, {"o", Object{{"p", Object{{"x", y}}}}}});
      }
    }
  }
  for (const Value& event : events) scenario.steps.push_back({.text = to_json(event), .block = false});
  Tally tally;
  (void)check_agreement(scenario, "two joined", tally);
  WARN(tally.words());
  CHECK(tally.given_up == 0);
  CHECK(tally.matches > tally.pairs / 10);
}

}  // namespace
}  // namespace picket::tests
