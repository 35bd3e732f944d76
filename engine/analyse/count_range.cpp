#include "engine/analyse/count_range.hpp"

#include <algorithm>
#include <cstdint>

namespace picket {

CountReading count_range(const Measure& measure) {
  constexpr std::int64_t no_end = std::int64_t{1} << 60;
  std::int64_t least = 1;  // a window without signals is not judged
  std::int64_t most = no_end;
  std::optional<std::int64_t> left_out;
  for (const MeasureBound& bound : measure.bounds) {
    const auto number = static_cast<std::int64_t>(bound.number);
    switch (bound.relation) {
      case Relation::below:
        most = std::min(most, number - 1);
        break;
      case Relation::at_most:
        most = std::min(most, number);
        break;
      case Relation::above:
        least = std::max(least, number + 1);
        break;
      case Relation::at_least:
        least = std::max(least, number);
        break;
      case Relation::equal:
        least = std::max(least, number);
        most = std::min(most, number);
        break;
      case Relation::other:
        left_out = number;
        break;
    }
  }
  if (left_out == least) ++least;
  if (left_out == most) --most;
  CountReading reading;
  if (least > most) {
    reading.fault = CountFault::nothing_fits;
    return reading;
  }
  reading.range.least = static_cast<std::size_t>(least);
  if (left_out && *left_out > least && *left_out < most) {
    if (most != no_end) reading.fault = CountFault::two_ranges;
    reading.range.too_many = static_cast<std::size_t>(*left_out);
    reading.range.enough = static_cast<std::size_t>(*left_out + 1);
  } else if (most != no_end) {
    reading.range.too_many = static_cast<std::size_t>(most + 1);
  }
  return reading;
}

}  // namespace picket
