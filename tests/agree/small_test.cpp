// Every small expression over every kind of value, by both engines: thousands of rules at once, so that what the
// executor shares between rules is shared here.
#include <algorithm>

#include "tests/agree/shrink.hpp"
#include "tests/agree/small_rules.hpp"
#include "tests/catch.hpp"

namespace picket::tests {
namespace {

TEST_CASE("the engines agree on every comparison of a field with a constant") {
  // All of them only where time is no matter. The numbers have no factor in common with the 57 questions that are asked
  // of each constant, so that a part has of everything.
  const std::size_t stride = agree_pairs() >= 10'000'000 ? 1 : agree_pairs() >= 1'000'000 ? 5 : 101;
  Tally tally;
  for (const SmallGroup& group : small_groups()) {
    const std::vector<std::string> conditions = thinned(small_conditions(group), stride);
    Scenario scenario = scenario_of(conditions);
    std::vector<Value> events = {Object{}};
    for (const Value& value : group.values) events.push_back(small_event(value));
    for (const Value& event : events) scenario.steps.push_back({.text = to_json(event), .block = false});
    INFO(group.name);
    // What analysis refuses are comparisons that cannot be true.
    CHECK(rule_set_of(scenario.pack)->rules().size() > conditions.size() / 4);
    if (!check_agreement(scenario, "the group `" + group.name + "`", tally)) break;
  }
  WARN(tally.words());
  CHECK(tally.given_up == 0);
  CHECK(tally.matches > tally.pairs / 10);
}

}  // namespace
}  // namespace picket::tests
