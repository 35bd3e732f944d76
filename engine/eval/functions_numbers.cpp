// Functions over numbers, and conversions.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "engine/eval/arithmetic.hpp"
#include "engine/eval/function_bodies.hpp"
#include "engine/pattern/pattern.hpp"
#include "grammar/text/ascii.hpp"
#include "grammar/text/unicode.hpp"

namespace picket::bodies {
namespace {

std::string_view without_blanks(std::string_view text) {
  std::size_t begin = text.size();
  std::size_t end = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t here = at;
    if (is_white_space(next_code_point(text, at))) continue;
    begin = std::min(begin, here);
    end = at;
  }
  return begin < end ? text.substr(begin, end - begin) : std::string_view();
}

// A number as people write it, with blanks around, a sign and leading zeros, in the form of JSON.
std::string as_json_number(std::string_view text) {
  text = without_blanks(text);
  std::string out = text.starts_with('-') ? "-" : "";
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  while (text.size() > 1 && text[0] == '0' && is_digit(text[1])) text.remove_prefix(1);
  return out.append(text);
}

bool is_integer(const Value& number) { return number.real() == nullptr; }

std::optional<Value> parse_integer(std::string_view text) {
  auto number = Value::from_number(as_json_number(text));
  return number && is_integer(*number) ? number : std::nullopt;
}

// Calls visit(value) for each that min, max and sum look at: the elements of the one list, or the arguments.
template <typename Visit>
void each_operand(const Call& call, const Visit& visit) {
  if (call.count() == 1 && call.value(0).list() != nullptr) {
    for (const Value& value : call.list(0)) visit(value);
  } else {
    for (const Value* value : call.arguments) visit(*value);
  }
}

// The operand that comes first in the given direction; null unless all have one order.
Value extreme(const Call& call, int direction) {
  const Value* best = nullptr;
  bool comparable = true;
  each_operand(call, [&](const Value& value) {
    if (value.is_null()) return;
    const Value* other = best == nullptr ? &value : best;
    const auto order = compare(value, *other);  // a bool, a list and an object have no order, not even with themselves
    comparable = comparable && order;
    if (order && (best == nullptr || *order * direction > 0)) best = &value;
  });
  return comparable && best != nullptr ? *best : Value();
}

// Rounds an integer, given by its digits, at the place `zeros` from its right, halves to even. `beyond` tells whether
// the number has something, less than 1, behind those digits.
std::string round_digits(std::string digits, std::size_t zeros, bool beyond) {
  const bool negative = digits.front() == '-';
  if (negative) digits.erase(0, 1);
  if (zeros > digits.size()) return "0";
  std::string kept = digits.substr(0, digits.size() - zeros);
  const std::string cut = digits.substr(kept.size());
  const bool more_than_half =
      cut.front() > '5' || (cut.front() == '5' && (beyond || cut.find_first_not_of('0', 1) != std::string::npos));
  const bool odd = !kept.empty() && (kept.back() - '0') % 2 != 0;
  if (more_than_half || (cut.front() == '5' && odd)) {
    std::size_t at = kept.size();
    while (at > 0 && kept[at - 1] == '9') kept[--at] = '0';
    if (at == 0) {
      kept.insert(kept.begin(), '1');
    } else {
      ++kept[at - 1];
    }
  }
  if (kept.find_first_not_of('0') == std::string::npos) return "0";
  kept.append(zeros, '0');
  return (negative ? "-" : "") + kept;
}

// To so many digits after the point, as Python's round: by the exact value of the double, halves to even.
Value round_fraction(double number, std::size_t digits) {
  constexpr std::size_t all_digits = 340;  // no double has one that counts beyond
  if (digits > all_digits) return number;
  std::array<char, 700> text{};
  char* const begin = text.data();
  const auto written =
      std::to_chars(begin, begin + text.size(), number, std::chars_format::fixed, static_cast<int>(digits));
  double rounded = number;
  (void)std::from_chars(begin, written.ptr, rounded);
  return digits == 0 ? integer_from(rounded) : Value::from_double(rounded);
}

std::string integer_digits(const Value& number) {
  const auto* real = number.real();
  return to_text(real == nullptr ? number : integer_from(std::trunc(*real)));
}

}  // namespace

Value int_(const Call& call) {
  const Value& value = call.value(0);
  if (const auto* flag = value.boolean()) return *flag ? 1 : 0;
  if (const auto* text = value.string()) return parse_integer(*text).value_or(Value());
  if (const auto* real = value.real()) return integer_from(std::trunc(*real));
  return value.kind() == Kind::number ? value : Value();
}

Value number(const Call& call) {
  const Value& value = call.value(0);
  if (const auto* flag = value.boolean()) return *flag ? 1 : 0;
  if (const auto* text = value.string()) return Value::from_number(as_json_number(*text)).value_or(Value());
  return value.kind() == Kind::number ? value : Value();
}

Value string(const Call& call) {
  const Value& value = call.value(0);
  if (value.is_null() || !call.budget.spend_on_value(value)) return {};
  return to_text(value);
}

Value bool_(const Call& call) { return call.value(0).truth(); }

Value min(const Call& call) { return extreme(call, -1); }
Value max(const Call& call) { return extreme(call, 1); }

Value sum(const Call& call) {
  Value total = 0;
  for (const Value& value : call.list(0)) {
    if (value.is_null()) continue;
    if (value.kind() != Kind::number) return {};
    total = calculate(Arithmetic::add, total, value, call.budget);
  }
  return total;
}

Value floor(const Call& call) {
  const auto* real = call.value(0).real();
  return real == nullptr ? call.value(0) : integer_from(std::floor(*real));
}

Value abs(const Call& call) {
  const Value& value = call.value(0);
  if (const auto* duration = value.duration()) return duration->microseconds < 0 ? negate(value) : value;
  return compare(value, Value(0)) == -1 ? negate(value) : value;
}

Value round(const Call& call) {
  const Value& value = call.value(0);
  const auto digits = call.has(1) ? call.value(1).as_index() : std::optional<std::int64_t>(0);
  if (!digits) return {};
  const auto* real = value.real();
  if (*digits >= 0) return real == nullptr ? value : round_fraction(*real, static_cast<std::size_t>(*digits));
  constexpr std::int64_t beyond_all = std::numeric_limits<std::int32_t>::max();
  const auto zeros = static_cast<std::size_t>(std::min(-std::max(*digits, -beyond_all), beyond_all));
  const bool beyond = real != nullptr && std::trunc(*real) != *real;
  return *Value::from_number(round_digits(integer_digits(value), zeros, beyond));
}

}  // namespace picket::bodies
