#include "engine/eval/arithmetic.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "engine/event/time.hpp"

namespace picket {
namespace {

std::optional<std::int64_t> added(std::int64_t a, std::int64_t b) {
  std::int64_t sum = 0;
  return __builtin_add_overflow(a, b, &sum) ? std::nullopt : std::optional(sum);
}

std::optional<std::int64_t> subtracted(std::int64_t a, std::int64_t b) {
  std::int64_t difference = 0;
  return __builtin_sub_overflow(a, b, &difference) ? std::nullopt : std::optional(difference);
}

std::optional<std::int64_t> multiplied(std::int64_t a, std::int64_t b) {
  std::int64_t product = 0;
  return __builtin_mul_overflow(a, b, &product) ? std::nullopt : std::optional(product);
}

// The quotient, if it is an integer of 64 bits.
std::optional<std::int64_t> divided(std::int64_t a, std::int64_t b) {
  if (b == 0 || (b == -1 && a == std::numeric_limits<std::int64_t>::min()) || a % b != 0) return std::nullopt;
  return a / b;
}

// The remainder with the sign of the divisor.
std::optional<std::int64_t> modulo(std::int64_t a, std::int64_t b) {
  if (b == 0) return std::nullopt;
  if (b == -1) return 0;  // the machine would overflow on the smallest integer
  const std::int64_t rest = a % b;
  return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
}

std::optional<std::int64_t> calculate_integers(Arithmetic op, std::int64_t a, std::int64_t b) {
  switch (op) {
    case Arithmetic::add:
      return added(a, b);
    case Arithmetic::subtract:
      return subtracted(a, b);
    case Arithmetic::multiply:
      return multiplied(a, b);
    case Arithmetic::divide:
      return divided(a, b);
    case Arithmetic::modulo:
      return modulo(a, b);
  }
  return std::nullopt;
}

// Not finite where there is no result.
double calculate_doubles(Arithmetic op, double a, double b) {
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  switch (op) {
    case Arithmetic::add:
      return a + b;
    case Arithmetic::subtract:
      return a - b;
    case Arithmetic::multiply:
      return a * b;
    case Arithmetic::divide:
      return b == 0 ? none : a / b;
    case Arithmetic::modulo: {
      if (b == 0) return none;
      const double rest = std::fmod(a, b);
      return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
    }
  }
  return none;
}

Value calculate_numbers(Arithmetic op, const Value& left, const Value& right) {
  const auto* a = left.integer();
  const auto* b = right.integer();
  if (a != nullptr && b != nullptr) {
    if (const auto exact = calculate_integers(op, *a, *b)) return *exact;
  }
  const auto x = left.as_double();
  const auto y = right.as_double();
  return x && y ? Value::from_double(calculate_doubles(op, *x, *y)) : Value();
}

Value duration_of(std::optional<std::int64_t> microseconds) {
  return microseconds ? Value(Duration{*microseconds}) : Value();
}

Value time_of(std::optional<std::int64_t> microseconds) {
  const auto time = microseconds ? time_at(*microseconds) : std::nullopt;
  return time ? Value(*time) : Value();
}

Value scaled(Arithmetic op, Duration duration, const Value& number) {
  if (const auto* factor = number.integer()) {
    if (const auto exact = calculate_integers(op, duration.microseconds, *factor)) return duration_of(exact);
  }
  const auto factor = number.as_double();
  if (!factor) return {};
  const double length = calculate_doubles(op, static_cast<double>(duration.microseconds), *factor);
  if (!(std::fabs(length) < 9.2e18)) return {};
  return Value(Duration{std::llround(length)});
}

Value calculate_time(Arithmetic op, Time left, const Value& right) {
  if (const auto* duration = right.duration()) {
    if (op == Arithmetic::add) return time_of(added(left.microseconds, duration->microseconds));
    if (op == Arithmetic::subtract) return time_of(subtracted(left.microseconds, duration->microseconds));
  }
  if (const auto* time = right.time(); time != nullptr && op == Arithmetic::subtract) {
    return duration_of(subtracted(left.microseconds, time->microseconds));
  }
  return {};
}

Value calculate_duration(Arithmetic op, Duration left, const Value& right) {
  const bool scales = op == Arithmetic::multiply || op == Arithmetic::divide;
  if (scales && right.kind() == Kind::number) return scaled(op, left, right);
  if (const auto* time = right.time(); time != nullptr && op == Arithmetic::add) {
    return time_of(added(left.microseconds, time->microseconds));
  }
  const auto* duration = right.duration();
  if (duration == nullptr) return {};
  switch (op) {
    case Arithmetic::add:
      return duration_of(added(left.microseconds, duration->microseconds));
    case Arithmetic::subtract:
      return duration_of(subtracted(left.microseconds, duration->microseconds));
    case Arithmetic::divide:
      return calculate_numbers(op, Value(left.microseconds), Value(duration->microseconds));
    case Arithmetic::multiply:
    case Arithmetic::modulo:
      return {};
  }
  return {};
}

Value joined(const std::string& left, const std::string& right, Budget& budget) {
  const std::size_t size = left.size() + right.size();
  if (size > longest_string || !budget.spend_on_bytes(size)) return {};
  return left + right;
}

Value joined(const List& left, const List& right, Budget& budget) {
  if (!budget.spend(left.size() + right.size())) return {};
  List list;
  list.reserve(left.size() + right.size());
  list.insert(list.end(), left.begin(), left.end());
  list.insert(list.end(), right.begin(), right.end());
  Value value(std::move(list));
  return budget.spend_on_value(value) ? value : Value();
}

}  // namespace

Value calculate(Arithmetic op, const Value& left, const Value& right, Budget& budget) {
  switch (left.kind()) {
    case Kind::number: {
      if (right.kind() == Kind::number) return calculate_numbers(op, left, right);
      const auto* duration = right.duration();
      return duration != nullptr && op == Arithmetic::multiply ? scaled(op, *duration, left) : Value();
    }
    case Kind::string:
      return op == Arithmetic::add && right.string() != nullptr ? joined(*left.string(), *right.string(), budget)
                                                                : Value();
    case Kind::list:
      return op == Arithmetic::add && right.list() != nullptr ? joined(*left.list(), *right.list(), budget) : Value();
    case Kind::time:
      return calculate_time(op, *left.time(), right);
    case Kind::duration:
      return calculate_duration(op, *left.duration(), right);
    case Kind::null:
    case Kind::boolean:
    case Kind::object:
      return {};
  }
  return {};
}

Value negate(const Value& value) {
  if (const auto* duration = value.duration()) return duration_of(subtracted(0, duration->microseconds));
  if (const auto* real = value.real()) return -*real;
  if (const auto* integer = value.integer()) {
    if (const auto exact = subtracted(0, *integer)) return *exact;
    return *Value::from_number("9223372036854775808");
  }
  // Digits keep their value, whichever side of the 64 bits they come to lie on.
  if (const auto* big = value.big_integer()) {
    const std::string& digits = *big->digits;
    return *Value::from_number(digits.front() == '-' ? digits.substr(1) : "-" + digits);
  }
  return {};
}

Value integer_from(double whole) {
  std::array<char, 320> text{};  // the largest double has 309 digits
  const auto written = std::to_chars(text.data(), text.data() + text.size(), whole, std::chars_format::fixed, 0);
  return *Value::from_number(std::string_view(text.data(), static_cast<std::size_t>(written.ptr - text.data())));
}

}  // namespace picket
