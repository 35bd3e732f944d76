// Rule sets and events at random, over the small alphabet of random_words.hpp.
#pragma once

#include <cstddef>

#include "engine/event/value.hpp"
#include "tests/agree/agreement.hpp"
#include "tests/agree/chance.hpp"

namespace picket::tests {

struct RandomScenario {
  Scenario scenario;
  std::size_t drafted = 0;  // rules; those that analysis refuses are not in the rule set
};

// Rules of several log types and of none, disabled ones, policies; with definitions, libraries and data models; without
// any step yet.
[[nodiscard]] RandomScenario random_rules(Chance& chance, std::size_t rules);

// An object, most often with `p_log_type`.
[[nodiscard]] Value random_event(Chance& chance);

// A value of any kind that an event may hold, `depth` containers deep at most.
[[nodiscard]] Value random_json_value(Chance& chance, std::size_t depth);

}  // namespace picket::tests
