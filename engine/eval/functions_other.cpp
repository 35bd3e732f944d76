// The functions that belong to no group.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

#include "engine/eval/access.hpp"
#include "engine/eval/function_bodies.hpp"
#include "engine/eval/similarity.hpp"

namespace picket::bodies {
namespace {

struct Place {
  double latitude = 0;  // radians
  double longitude = 0;
};

std::optional<double> radians(const Value& degrees) {
  const auto number = degrees.as_double();
  if (!number) return std::nullopt;
  return *number * std::numbers::pi / 180;
}

// The member of the one name, else of the other.
const Value& either(const Value& object, std::string_view name, std::string_view other) {
  const Value& member = member_of(object, name);
  return member.is_null() ? member_of(object, other) : member;
}

std::optional<Place> place_of(const Value& value) {
  const bool pair = value.list() != nullptr && value.list()->size() == 2;
  const auto latitude = radians(pair ? value.list()->front() : either(value, "lat", "latitude"));
  const auto longitude = radians(pair ? value.list()->back() : either(value, "lon", "longitude"));
  if (!latitude || !longitude) return std::nullopt;
  return Place{*latitude, *longitude};
}

double squared(double x) { return x * x; }

}  // namespace

Value similarity(const Call& call) {
  const auto ratio = similarity_ratio(call.text(0), call.text(1), call.budget);
  return ratio ? Value(*ratio) : Value();
}

Value distance_km(const Call& call) {
  constexpr double mean_radius = 6371.0088;  // of the Earth, in kilometres (IUGG)
  const auto a = place_of(call.value(0));
  const auto b = place_of(call.value(1));
  if (!a || !b) return {};
  // The haversine formula.
  const double h = squared(std::sin((b->latitude - a->latitude) / 2)) +
                   std::cos(a->latitude) * std::cos(b->latitude) * squared(std::sin((b->longitude - a->longitude) / 2));
  return Value::from_double(2 * mean_radius * std::asin(std::sqrt(std::min(1.0, h))));
}

Value udm_path(const Call& call) {
  if (call.model == nullptr) return {};
  for (const DataModel::MappingEntry& entry : call.model->model->mappings) {
    if (entry.name.value == call.text(0) && !entry.path.empty()) return entry.path;
  }
  return {};
}

Value recall(const Call& call) { return call.memory == nullptr ? Value() : call.memory->read(call.text(0)); }

Value coalesce(const Call& call) {
  const auto found =
      std::find_if(call.arguments.begin(), call.arguments.end(), [](const Value* v) { return !v->is_null(); });
  return found == call.arguments.end() ? Value() : **found;
}

// Analysis makes a HasTerm of the call, which asks for the key. Of a value, all that can be asked is whether it is
// there.
Value has(const Call& call) { return !call.value(0).is_null(); }

}  // namespace picket::bodies
