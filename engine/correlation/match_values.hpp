// The values by which signals are told to belong together.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/correlation/signal.hpp"

namespace picket {

// Which values count, and which of them are one.
enum class ValueKind : std::uint8_t {
  values,   // all, by what they are
  texts,    // all, by their texts, as append_key() compares them
  numbers,  // numbers, and texts of numbers
};

// The values at all places of a field: scalars, each once. Lists are looked into, at the end of a path and on the way;
// keys are found as events have them, their case ignored where none is exact. What says nothing is no value: null, "",
// objects. Of more than `most` the first.
[[nodiscard]] std::vector<Value> values_of(const FieldChoice& field, ValueKind kind, const SignalView& signal,
                                           std::size_t most);

// A text that is equal for equal values (numbers by what they are: 1 and 1.0), and only for them; or, `as_texts`, for
// values whose texts are equal, whatever their case: 1 and "1".
void append_key(std::string& key, const Value& value, bool as_texts);

// The event of a firing that is a signal.
[[nodiscard]] Value event_of(const Firing& firing);

// The keys of a signal: for each column one of its values, in every combination, up to a bound.
struct SignalKeys {
  std::vector<std::vector<Value>> keys;
  bool cut = false;  // there were more than the bound
};
[[nodiscard]] SignalKeys keys_of_signal(const SignalSource& source, bool as_texts, const SignalView& signal,
                                        std::size_t most);

// What a signal is measured by: up to a bound the values that are counted, or numbers. Empty where nothing is measured.
struct SignalMeasure {
  std::vector<std::string> values;
  std::vector<double> numbers;
  bool cut = false;  // there were more than the bound
};
// Adds what one value for each field that is measured comes to; nothing if a number is wanted and it is none.
void add_measured(const CheckedCorrelation& correlation, const std::vector<Value>& values, SignalMeasure& measure);
// Nothing for a signal of a correlation that measures values if it has none.
[[nodiscard]] std::optional<SignalMeasure> measure_of_signal(const CheckedCorrelation& correlation,
                                                             const SignalSource& source, const SignalView& signal,
                                                             std::size_t most);

}  // namespace picket
