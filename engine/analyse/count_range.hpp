// What the bounds of a count mean for the item that is counted. Internal to engine/analyse.
#pragma once

#include <cstddef>
#include <optional>

#include "engine/frontend/correlation_demand.hpp"

namespace picket {

// See CheckedCorrelation::Item.
struct CountRange {
  std::size_t least = 1;
  std::optional<std::size_t> too_many;
  std::optional<std::size_t> enough;
};

enum class CountFault : std::uint8_t {
  nothing_fits,  // no count of at least one signal lies within the bounds
  two_ranges,    // they leave two ranges of counts that both have an end
};

struct CountReading {
  CountRange range;
  std::optional<CountFault> fault;
};

// REQUIRES: a measure that counts, whose bounds are whole numbers from 0 to 2^53, at most one of them `other`.
[[nodiscard]] CountReading count_range(const Measure& measure);

}  // namespace picket
