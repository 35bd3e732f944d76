#include "engine/frontend/correlation_demand.hpp"

#include <algorithm>

namespace picket {

std::string_view spelling(MeasureKind kind) {
  switch (kind) {
    case MeasureKind::count:
      return "event_count";
    case MeasureKind::distinct:
      return "value_count";
    case MeasureKind::sum:
      return "value_sum";
    case MeasureKind::average:
      return "value_avg";
    case MeasureKind::percentile:
      return "value_percentile";
    case MeasureKind::median:
      return "value_median";
  }
  return "";
}

std::string_view spelling(Relation relation) {
  switch (relation) {
    case Relation::below:
      return "lt";
    case Relation::at_most:
      return "lte";
    case Relation::above:
      return "gt";
    case Relation::at_least:
      return "gte";
    case Relation::equal:
      return "eq";
    case Relation::other:
      return "neq";
  }
  return "";
}

bool holds(const Measure& measure, double number) {
  return std::all_of(measure.bounds.begin(), measure.bounds.end(), [&](const MeasureBound& bound) {
    switch (bound.relation) {
      case Relation::below:
        return number < bound.number;
      case Relation::at_most:
        return number <= bound.number;
      case Relation::above:
        return number > bound.number;
      case Relation::at_least:
        return number >= bound.number;
      case Relation::equal:
        return number == bound.number;
      case Relation::other:
        return number != bound.number;
    }
    return false;
  });
}

}  // namespace picket
