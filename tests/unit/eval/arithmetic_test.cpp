#include "engine/eval/arithmetic.hpp"

#include <cstdint>
#include <string>

#include "engine/event/time.hpp"
#include "tests/catch.hpp"

namespace picket {
namespace {

Value calculated(const Value& left, char op, const Value& right) {
  Budget budget(1'000'000);
  const auto arithmetic = op == '+'   ? Arithmetic::add
                          : op == '-' ? Arithmetic::subtract
                          : op == '*' ? Arithmetic::multiply
                          : op == '/' ? Arithmetic::divide
                                      : Arithmetic::modulo;
  return calculate(arithmetic, left, right, budget);
}

TEST_CASE("integers stay exact until they leave 64 bits, then become doubles") {
  CHECK(calculated(INT64_MAX, '+', 1).real() != nullptr);
  CHECK(calculated(INT64_MIN, '-', 1).real() != nullptr);
  CHECK(calculated(INT64_MAX, '*', 2) == Value(18446744073709551614.0));
  CHECK(calculated(INT64_MIN, '/', -1) == Value(9223372036854775808.0));
  CHECK(calculated(INT64_MIN, '%', -1) == Value(0));
  CHECK(calculated(6, '/', 2).integer() != nullptr);
  CHECK(calculated(7, '/', 2) == Value(3.5));
  CHECK(calculated(-7, '%', 3) == Value(2));
  CHECK(calculated(7, '%', -3) == Value(-2));
  CHECK(calculated(-5.5, '%', 2) == Value(0.5));
  CHECK(calculated(1e308, '*', 10).is_null());
  CHECK(calculated(1, '/', 0).is_null());
  CHECK(calculated(1, '%', 0.0).is_null());
  CHECK(calculated(*Value::from_number("18446744073709551616"), '*', 1) == Value(18446744073709551616.0));
  CHECK(calculated(*Value::from_number(std::string(400, '9')), '+', 1).is_null());
}

TEST_CASE("negation keeps every digit") {
  const auto negated = [](std::string_view digits) { return to_json(negate(*Value::from_number(digits))); };
  CHECK(negated("9223372036854775808") == "-9223372036854775808");
  CHECK(negate(*Value::from_number("9223372036854775808")).integer() != nullptr);
  CHECK(negated("-9223372036854775808") == "9223372036854775808");
  CHECK(negated("18446744073709551616") == "-18446744073709551616");
  CHECK(negate(Value(Duration{INT64_MIN})).is_null());
  CHECK(negate(Value("1")).is_null());
  CHECK(negate(Value(true)).is_null());
}

TEST_CASE("times and durations") {
  const Value noon = *parse_time("2026-01-31T12:00:00Z");
  const Value hour = Duration{3'600'000'000};
  CHECK(to_text(calculated(noon, '+', hour)) == "2026-01-31T13:00:00Z");
  CHECK(to_text(calculated(hour, '+', noon)) == "2026-01-31T13:00:00Z");
  CHECK(calculated(noon, '-', noon) == Value(Duration{0}));
  CHECK(to_text(calculated(hour, '*', 1.5)) == "90m");
  CHECK(to_text(calculated(2, '*', hour)) == "2h");
  CHECK(calculated(hour, '/', hour) == Value(1));
  CHECK(calculated(hour, '/', 0).is_null());
  CHECK(calculated(hour, '/', Duration{0}).is_null());
  CHECK(calculated(hour, '*', 1e300).is_null());
  CHECK(calculated(hour, '*', INT64_MAX).is_null());
  CHECK(calculated(Duration{INT64_MAX}, '+', Duration{1}).is_null());
  CHECK(calculated(noon, '+', Duration{INT64_MAX}).is_null());  // beyond the year 9999
  CHECK(calculated(hour, '-', noon).is_null());
  CHECK(calculated(noon, '+', noon).is_null());
  CHECK(calculated(hour, '%', 2).is_null());
  CHECK(calculated(hour, '+', 1).is_null());
}

TEST_CASE("strings and lists are joined within bounds") {
  CHECK(calculated("a", '+', "b") == Value("ab"));
  CHECK(calculated(List{1}, '+', List{"b"}) == Value(List{1, "b"}));
  CHECK(calculated("a", '-', "a").is_null());
  CHECK(calculated("a", '+', 1).is_null());
  CHECK(calculated(std::string(9 << 20, 'a'), '+', std::string(9 << 20, 'a')).is_null());
  CHECK(calculated(List(600'000, Value(1)), '+', List(600'000, Value(1))).is_null());
}

}  // namespace
}  // namespace picket
