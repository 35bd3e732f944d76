// Every small expression: each operator in each of its forms, with each constant of a group, over a value reached in
// every way that the language knows.
#pragma once

#include <string>
#include <vector>

#include "engine/event/value.hpp"
#include "tests/agree/agreement.hpp"
#include "tests/agree/small_groups.hpp"

namespace picket::tests {

// The conditions of a group. They read what small_event() places.
[[nodiscard]] std::vector<std::string> small_conditions(const SmallGroup& group);

// Conditions of two and three comparisons over the fields x, y and z, joined in every way.
[[nodiscard]] std::vector<std::string> joined_conditions();

// One in `stride` of the conditions.
[[nodiscard]] std::vector<std::string> thinned(std::vector<std::string> conditions, std::size_t stride);

// An event in which every place that the conditions read holds the value.
[[nodiscard]] Value small_event(const Value& value);

// One rule for each condition, of the log type that is the scenario's default, and the definitions they lean on.
// Conditions that analysis refuses (what could never be true) are not in the rule set.
[[nodiscard]] Scenario scenario_of(const std::vector<std::string>& conditions);

}  // namespace picket::tests
