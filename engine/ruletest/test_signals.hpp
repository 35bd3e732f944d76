// The signals that a test of a correlation rule gives.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "engine/analyse/checked.hpp"
#include "engine/correlation/rehearse.hpp"
#include "engine/frontend/correlation_rule.hpp"

namespace picket {

struct TestSignal {
  std::string item;  // its id
  Time time;
  std::map<std::string, std::string> values;  // by field, as it is written
  friend bool operator==(const TestSignal&, const TestSignal&) = default;
};

// Item by item, within an item in the order of time. The first time that a field has at some moment and the first that
// another field of the item has at the same moment are one signal, and so the second ones.
[[nodiscard]] std::vector<TestSignal> signals_of(const CorrelationTest& test);

// The signals of items that the rule has, with their keys.
[[nodiscard]] std::vector<ItemSignal> with_keys(const CheckedCorrelation& correlation,
                                                std::span<const TestSignal> signals);

}  // namespace picket
