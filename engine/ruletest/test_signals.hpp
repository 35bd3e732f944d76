// The signals that a test of a correlation rule gives.
#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/analyse/checked.hpp"
#include "engine/correlation/rehearse.hpp"
#include "engine/frontend/correlation_rule.hpp"

namespace picket {

struct TestSignal {
  std::string item;  // its id
  Time time;
  std::vector<std::pair<std::string, std::string>>
      values;  // fields, each once, as they are written, and what they hold
  friend bool operator==(const TestSignal&, const TestSignal&) = default;
};

// What the field holds; null if the signal has no such field.
[[nodiscard]] const std::string* value_of(const TestSignal& signal, const std::string& field);

// Item by item, within an item in the order of time. The first time that a field has at some moment and the first that
// another field of the item has at the same moment are one signal, and so the second ones.
[[nodiscard]] std::vector<TestSignal> signals_of(const std::vector<CorrelationTest::Signals>& outputs);

// Signals, those of an item together, as a test would write them: of each item its fields, of each field its values, of
// each value its times. Read back they may be other signals: fields that have a time in common are joined.
[[nodiscard]] std::vector<CorrelationTest::Signals> written_signals(std::span<const TestSignal> signals);

// The signals of items that the rule has, with their keys.
[[nodiscard]] std::vector<ItemSignal> with_keys(const CheckedCorrelation& correlation,
                                                std::span<const TestSignal> signals);

}  // namespace picket
