// Random rule sets over random events, by both engines.
#include "tests/agree/random_scenario.hpp"
#include "tests/agree/shrink.hpp"
#include "tests/catch.hpp"

namespace picket::tests {
namespace {

TEST_CASE("the engines agree on random rules and events") {
  Tally tally;
  std::size_t drafted = 0;
  int differences = 0;
  for (Origin origin{.test = 0, .number = 0}; tally.pairs < agree_pairs() && differences < 3; ++origin.number) {
    Chance chance = origin.chance();
    auto [scenario, rules] = random_rules(chance, chance.one_in(8) ? 1'000 : 1 + chance.below(200));
    drafted += rules;
    const std::size_t events = 100 + chance.below(200);
    for (std::size_t i = 0; i < events; ++i) {
      scenario.steps.push_back({.text = to_json(random_event(chance)), .block = false});
    }
    if (chance.one_in(2)) {
      for (std::size_t i = 0; i < events; i += 1 + chance.below(9)) scenario.sample += scenario.steps[i].text + "\n";
    }
    if (!check_agreement(scenario, origin.words(), tally)) ++differences;
  }
  WARN("PICKET_AGREE_SEED=" << agree_seed() << ": " << tally.words());
  CHECK(tally.given_up == 0);
  CHECK(tally.matches > tally.pairs / 10);
  CHECK(tally.rules > drafted / 2);
  CHECK(tally.candidates > 0);
  CHECK(tally.candidates < tally.remembering);
  CHECK(tally.recalled > 0);
  CHECK(tally.writes > tally.events);
}

}  // namespace
}  // namespace picket::tests
