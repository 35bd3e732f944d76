// What a value becomes when it is remembered.
#pragma once

#include <cstddef>
#include <optional>

#include "engine/event/value.hpp"

namespace picket {

struct StoredValue {
  Value value;
  std::size_t bytes = 0;  // about what it takes in memory
};

// The value with times and durations as their texts, so that what is held now, what a store brings back and what a test
// writes down are the same. Nothing if it takes more than `most_bytes` or holds lists and objects 64 deep.
[[nodiscard]] std::optional<StoredValue> stored_value(const Value& value, std::size_t most_bytes);

}  // namespace picket
