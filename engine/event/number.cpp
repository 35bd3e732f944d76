#include "engine/event/number.hpp"

#include <array>
#include <cassert>
#include <charconv>
#include <cmath>
#include <string_view>

#include "grammar/text/ascii.hpp"

namespace picket {
namespace {

constexpr double two_to_63 = 9223372036854775808.0;

std::size_t skip_digits(std::string_view text, std::size_t at) {
  while (at < text.size() && is_digit(text[at])) ++at;
  return at;
}

// The shape of a JSON number token: where its parts end. Nothing if it has another shape.
struct NumberShape {
  bool negative = false;
  std::size_t integer_begin = 0;
  std::size_t integer_end = 0;
  std::size_t fraction_end = 0;  // integer_end if there is no fraction
  bool whole = true;             // neither fraction nor exponent
};

std::optional<NumberShape> shape_of(std::string_view token) {
  NumberShape shape;
  shape.negative = token.starts_with('-');
  shape.integer_begin = shape.negative ? 1 : 0;
  shape.integer_end = skip_digits(token, shape.integer_begin);
  const std::size_t length = shape.integer_end - shape.integer_begin;
  if (length == 0 || (length > 1 && token[shape.integer_begin] == '0')) return std::nullopt;
  std::size_t at = shape.integer_end;
  if (at < token.size() && token[at] == '.') {
    const std::size_t end = skip_digits(token, at + 1);
    if (end == at + 1) return std::nullopt;
    at = end;
    shape.whole = false;
  }
  shape.fraction_end = at;
  if (at < token.size() && (token[at] == 'e' || token[at] == 'E')) {
    ++at;
    if (at < token.size() && (token[at] == '+' || token[at] == '-')) ++at;
    const std::size_t end = skip_digits(token, at);
    if (end == at) return std::nullopt;
    at = end;
    shape.whole = false;
  }
  if (at != token.size()) return std::nullopt;
  return shape;
}

// Whether a token that a double cannot hold is too small for it (and so 0) rather than too large.
bool underflows(std::string_view token, const NumberShape& shape) {
  const std::string_view mantissa = token.substr(shape.integer_begin, shape.fraction_end - shape.integer_begin);
  const std::size_t first = mantissa.find_first_not_of("0.");
  if (first == std::string_view::npos) return true;  // 0e999
  if (shape.fraction_end == token.size()) return mantissa[0] == '0';
  std::string_view exponent = token.substr(shape.fraction_end + 1);
  const bool negative = exponent.starts_with('-');
  if (negative || exponent.starts_with('+')) exponent.remove_prefix(1);
  std::int64_t magnitude = 0;
  const auto read = std::from_chars(exponent.data(), exponent.data() + exponent.size(), magnitude);
  if (read.ec != std::errc()) return negative;
  // The decimal exponent of the first digit that counts. One that overflows is positive, one that underflows negative.
  const auto point = static_cast<std::int64_t>(shape.integer_end - shape.integer_begin);
  const auto place = point - static_cast<std::int64_t>(first);
  return (negative ? -magnitude : magnitude) + place < 0;
}

int sign_of(const std::string& digits) { return digits.front() == '-' ? -1 : 1; }

int compare_digits(const std::string& a, const std::string& b) {
  const int sign = sign_of(a);
  if (sign != sign_of(b)) return sign;
  int order = 0;
  if (a.size() != b.size()) {
    order = a.size() < b.size() ? -1 : 1;
  } else {
    order = a.compare(b);
    order = order < 0 ? -1 : (order > 0 ? 1 : 0);
  }
  return sign * order;
}

int compare_integer_with_double(std::int64_t a, double b) {
  if (b >= two_to_63) return -1;
  if (b < -two_to_63) return 1;
  const double whole = std::trunc(b);
  const auto integer = static_cast<std::int64_t>(whole);
  if (a != integer) return a < integer ? -1 : 1;
  return whole < b ? -1 : (whole > b ? 1 : 0);
}

int compare_digits_with_double(const std::string& digits, double b) {
  // A double of 2^63 or more is an integer; smaller ones are nearer to 0 than any BigInteger.
  if (std::fabs(b) < two_to_63) return sign_of(digits);
  std::array<char, 320> text{};
  const auto written = std::to_chars(text.data(), text.data() + text.size(), b, std::chars_format::fixed, 0);
  assert(written.ec == std::errc());
  return compare_digits(digits, std::string(text.data(), written.ptr));
}

}  // namespace

std::optional<Value> Value::from_number(std::string_view token) {
  const auto shape = shape_of(token);
  if (!shape) return std::nullopt;
  const char* end = token.data() + token.size();
  if (shape->whole) {
    std::int64_t integer = 0;
    if (std::from_chars(token.data(), end, integer).ec == std::errc()) return Value(integer);
    Value value;
    value.storage_ = BigInteger{std::make_shared<const std::string>(token)};
    return value;
  }
  double real = 0;
  const auto read = std::from_chars(token.data(), end, real);
  if (read.ec == std::errc()) return std::isfinite(real) ? std::optional<Value>(real) : std::nullopt;
  if (underflows(token, *shape)) return Value(shape->negative ? -0.0 : 0.0);
  return std::nullopt;
}

Value Value::from_double(double value) { return std::isfinite(value) ? Value(value) : Value(); }

std::optional<double> Value::as_double() const {
  if (const auto* held = integer()) return static_cast<double>(*held);
  if (const auto* held = real()) return *held;
  if (const auto* held = big_integer()) {
    double nearest = 0;
    const std::string& digits = *held->digits;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), nearest);
    if (read.ec == std::errc() && std::isfinite(nearest)) return nearest;
  }
  return std::nullopt;
}

std::optional<std::int64_t> Value::as_index() const {
  if (const auto* held = integer()) return *held;
  if (const auto* held = real()) {
    if (*held >= -two_to_63 && *held < two_to_63 && std::trunc(*held) == *held) return static_cast<std::int64_t>(*held);
  }
  return std::nullopt;
}

bool number_is_zero(const Value& number) {
  if (const auto* integer = number.integer()) return *integer == 0;
  if (const auto* real = number.real()) return *real == 0;
  return false;
}

int compare_numbers(const Value& a, const Value& b) {
  if (const auto* integer = a.integer()) {
    if (const auto* other = b.integer()) return *integer < *other ? -1 : (*integer > *other ? 1 : 0);
    if (const auto* other = b.real()) return compare_integer_with_double(*integer, *other);
    return -sign_of(*b.big_integer()->digits);
  }
  if (const auto* real = a.real()) {
    if (const auto* other = b.real()) return *real < *other ? -1 : (*real > *other ? 1 : 0);
    if (const auto* other = b.integer()) return -compare_integer_with_double(*other, *real);
    return -compare_digits_with_double(*b.big_integer()->digits, *real);
  }
  const std::string& digits = *a.big_integer()->digits;
  if (b.integer() != nullptr) return sign_of(digits);
  if (const auto* other = b.real()) return compare_digits_with_double(digits, *other);
  return compare_digits(digits, *b.big_integer()->digits);
}

void append_number(std::string& out, const Value& number) {
  if (const auto* big = number.big_integer()) {
    out += *big->digits;
    return;
  }
  std::array<char, 32> text{};
  char* const begin = text.data();
  char* const end = begin + text.size();
  if (const auto* integer = number.integer()) {
    out.append(begin, std::to_chars(begin, end, *integer).ptr);
    return;
  }
  const double real = *number.real();
  const bool plain = std::trunc(real) == real && std::fabs(real) < 1e16;
  out.append(begin, plain ? std::to_chars(begin, end, static_cast<std::int64_t>(real)).ptr
                          : std::to_chars(begin, end, real).ptr);
}

}  // namespace picket
