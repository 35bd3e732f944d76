// The same events, spelled in every way that JSON has, by both engines: escapes, blanks, orders and repetitions of
// keys, other digits of the same numbers.
#include "engine/event/json.hpp"
#include "tests/agree/random_scenario.hpp"
#include "tests/agree/respell.hpp"
#include "tests/agree/shrink.hpp"
#include "tests/catch.hpp"

namespace picket::tests {
namespace {

TEST_CASE("a respelled value without decoys is the same value") {
  for (Origin origin{.test = 1, .number = 0}; origin.number < 300; ++origin.number) {
    Chance chance = origin.chance();
    const Value value = random_event(chance);
    const std::string text = respelled(value, chance, {.line_ends = true, .decoys = false});
    const auto read = read_json(text);
    INFO(text);
    REQUIRE(std::holds_alternative<Value>(read));
    CHECK(std::get<Value>(read) == value);
  }
}

TEST_CASE("the engines agree on events in every spelling") {
  Tally tally;
  int differences = 0;
  for (Origin origin{.test = 2, .number = 0}; tally.pairs < agree_pairs() / 2 && differences < 3; ++origin.number) {
    Chance chance = origin.chance();
    Scenario scenario = random_rules(chance, 1 + chance.below(120)).scenario;
    const std::size_t events = 20 + chance.below(40);
    for (std::size_t i = 0; i < events; ++i) {
      const Value event = random_event(chance);
      for (std::size_t spelling = 0; spelling < 4; ++spelling) {
        scenario.steps.push_back({.text = respelled(event, chance, {}), .block = false});
      }
    }
    if (!check_agreement(scenario, origin.words(), tally)) ++differences;
  }
  WARN("PICKET_AGREE_SEED=" << agree_seed() << ": " << tally.words());
  CHECK(tally.given_up == 0);
  CHECK(tally.refused == 0);
  CHECK(tally.matches > tally.pairs / 10);
}

}  // namespace
}  // namespace picket::tests
