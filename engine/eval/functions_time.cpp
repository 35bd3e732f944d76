// Functions over times and durations.
#include "engine/eval/function_bodies.hpp"
#include "engine/event/time.hpp"

namespace picket::bodies {
namespace {

constexpr std::int64_t second = 1'000'000;

// Microseconds as seconds: an integer if they are whole.
Value in_seconds(std::int64_t microseconds) {
  if (microseconds % second == 0) return microseconds / second;
  return static_cast<double>(microseconds) / static_cast<double>(second);
}

Value value_of(const std::optional<Time>& time) { return time ? Value(*time) : Value(); }

}  // namespace

Value time(const Call& call) {
  const Value& value = call.value(0);
  if (const auto* text = value.string()) return value_of(parse_time(*text));
  if (const auto* integer = value.integer()) return value_of(time_from_epoch(*integer));
  if (const auto number = value.as_double()) return value_of(time_from_epoch(*number));
  return value.time() == nullptr ? Value() : value;
}

Value epoch(const Call& call) { return in_seconds(call.value(0).time()->microseconds); }

Value seconds(const Call& call) { return in_seconds(call.value(0).duration()->microseconds); }

Value format_time(const Call& call) {
  if (!call.budget.spend(1 + call.text(1).size())) return {};
  auto text = picket::format_time(*call.value(0).time(), call.text(1));
  return text ? Value(std::move(*text)) : Value();
}

}  // namespace picket::bodies
