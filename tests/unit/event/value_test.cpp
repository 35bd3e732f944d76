#include "engine/event/value.hpp"

#include <string>
#include <vector>

#include "engine/event/number.hpp"
#include "tests/catch.hpp"

namespace picket {
namespace {

Value number(std::string_view token) {
  const auto value = Value::from_number(token);
  INFO(token);
  REQUIRE(value.has_value());
  return *value;
}

TEST_CASE("numbers in ascending order compare exactly, whatever holds them") {
  // Integers, doubles and larger integers around the limits of each.
  const std::vector<std::string> ascending = {"-1e308",
                                              "-100000000000000000000000000000",
                                              "-9223372036854775809",
                                              "-9223372036854775808",
                                              "-9223372036854775807",
                                              "-9007199254740993",
                                              "-9007199254740992.0",
                                              "-2",
                                              "-1.5",
                                              "-1",
                                              "-1e-9",
                                              "0",
                                              "5e-324",
                                              "0.1",
                                              "1",
                                              "1.5",
                                              "2",
                                              "9007199254740992.0",
                                              "9007199254740993",
                                              "9007199254740994.0",
                                              "9223372036854775806",
                                              "9223372036854775807",
                                              "9223372036854775808",
                                              "9223372036854775809",
                                              "18446744073709551615",
                                              "18446744073709551616",
                                              "1e22",
                                              "10000000000000000000001",
                                              "1e308"};
  for (std::size_t i = 0; i < ascending.size(); ++i) {
    for (std::size_t j = 0; j < ascending.size(); ++j) {
      INFO(ascending[i] << " and " << ascending[j]);
      const int expected = i < j ? -1 : (i > j ? 1 : 0);
      CHECK(compare(number(ascending[i]), number(ascending[j])) == expected);
      CHECK((number(ascending[i]) == number(ascending[j])) == (i == j));
    }
  }
}

TEST_CASE("one number in two notations is one number") {
  CHECK(number("1") == number("1.0"));
  CHECK(number("0") == number("-0"));
  CHECK(number("0") == number("-0.0"));
  CHECK(number("100") == number("1e2"));
  CHECK(number("9223372036854775808") == number("9223372036854775808.0"));
  CHECK(number("10000000000000000000000") == number("1e22"));
  CHECK_FALSE(number("9007199254740993") == number("9007199254740993.0"));  // the double is …992
}

TEST_CASE("from_number takes exactly JSON's numbers") {
  for (const auto* token : {"", "-", "+1", "01", "-01", "1.", ".5", "1e", "1e+", "0x10", "1 ", " 1", "NaN", "Infinity",
                            "1e999", "-1e999", "1,5", "--1", "123456789e99999999999999999999"}) {
    INFO(token);
    CHECK_FALSE(Value::from_number(token).has_value());
  }
  CHECK(number("1e-999") == Value(0));
  CHECK(number("-0.00000e99999999999999999999") == Value(0));
  CHECK(number("0." + std::string(400, '0') + "1") == Value(0));
  CHECK(number("0." + std::string(400, '0') + "1e401") == Value(1));
  CHECK(number(std::string(500, '9')).big_integer() != nullptr);
  CHECK_FALSE(number(std::string(500, '9')).as_double().has_value());
}

TEST_CASE("numbers print in their shortest form and read back") {
  const std::vector<std::pair<std::string, std::string>> texts = {{"3.0", "3"},
                                                                  {"-0.0", "0"},
                                                                  {"0.1", "0.1"},
                                                                  {"1e2", "100"},
                                                                  {"1e15", "1000000000000000"},
                                                                  {"1e16", "1e+16"},
                                                                  {"-2.50", "-2.5"},
                                                                  {"1e300", "1e+300"},
                                                                  {"0.30000000000000004", "0.30000000000000004"},
                                                                  {"-9223372036854775808", "-9223372036854775808"},
                                                                  {"18446744073709551616", "18446744073709551616"}};
  for (const auto& [token, text] : texts) {
    CHECK(to_text(number(token)) == text);
    CHECK(number(text) == number(token));
  }
}

TEST_CASE("as_index is a whole number that fits") {
  CHECK(Value(7).as_index() == 7);
  CHECK(Value(-1.0).as_index() == -1);
  CHECK_FALSE(Value(1.5).as_index().has_value());
  CHECK_FALSE(Value(1e19).as_index().has_value());
  CHECK_FALSE(number("9223372036854775808").as_index().has_value());
  CHECK_FALSE(Value("7").as_index().has_value());
}

TEST_CASE("truth and emptiness") {
  for (const Value& value :
       {Value(), Value(false), Value(0), Value(0.0), Value(""), Value(List{}), Value(Object{}), Value(Duration{})}) {
    INFO(to_json(value));
    CHECK_FALSE(value.truth());
  }
  for (const Value& value :
       {Value(true), Value(-1), Value(0.5), Value(" "), Value(List{Value()}), Value(Object{{"a", Value()}}),
        Value(Time{}), Value(Duration{1}), number("18446744073709551616")}) {
    INFO(to_json(value));
    CHECK(value.truth());
    CHECK_FALSE(value.empty());
  }
  CHECK_FALSE(Value(0).empty());
  CHECK_FALSE(Value(false).empty());
  CHECK(Value(List{}).empty());
}

TEST_CASE("kinds never equal one another and have no order") {
  const std::vector<Value> one_of_each = {Value(),        Value(true),     Value(1),      Value("1"),
                                          Value(List{1}), Value(Object{}), Value(Time{}), Value(Duration{})};
  for (std::size_t i = 0; i < one_of_each.size(); ++i) {
    for (std::size_t j = 0; j < one_of_each.size(); ++j) {
      CHECK((one_of_each[i] == one_of_each[j]) == (i == j));
      if (i != j) CHECK_FALSE(compare(one_of_each[i], one_of_each[j]).has_value());
    }
  }
  CHECK_FALSE(compare(Value(true), Value(false)).has_value());
  CHECK(compare(Value("a"), Value("\xC3\xA9")) == -1);
  CHECK(compare(Value(Duration{2}), Value(Duration{1})) == 1);
}

TEST_CASE("an object keeps the place of a key and the last of its values") {
  Object object;
  object.set("a", 1);
  object.set("b", 2);
  object.set("a", 3);
  CHECK(to_json(object) == R"({"a":3,"b":2})");
}

TEST_CASE("look-up prefers the exact key, then the first up to ASCII case") {
  for (const int padding : {0, 100}) {  // without and with an index
    Object object{{"userName", 1}, {"username", 2}, {"USERNAME", 3}, {"\xC3\x89", 4}};
    for (int i = 0; i < padding; ++i) object.set("key" + std::to_string(i), i);
    CHECK(*object.find("username") == Value(2));
    CHECK(*object.find("USERNAME") == Value(3));
    CHECK(*object.find("Username") == Value(1));
    CHECK(object.find("user") == nullptr);
    CHECK(object.find("\xC3\xA9") == nullptr);  // é and É are not ASCII
    CHECK(object.find_exact("Username") == nullptr);
  }
}

TEST_CASE("a large object is found in as a small one is, and filled in no quadratic time") {
  constexpr int size = 100'000;
  Object object;
  for (int i = 0; i < size; ++i) object.set("Key" + std::to_string(i * 7919 % size), i);
  for (int i = 0; i < size; i += 2) object.set("Key" + std::to_string(i), -1);
  REQUIRE(object.size() == size);
  Object other;
  std::vector<Object::Entry> backwards(object.entries().rbegin(), object.entries().rend());
  for (auto& [key, value] : backwards) other.set(key, value);
  CHECK(object == other);
  for (int i = 0; i < size; ++i) {
    const std::string digits = std::to_string(i);
    const Value* exact = object.find("Key" + digits);
    const Value* folded = object.find("kEY" + digits);
    if (exact == nullptr || folded != exact || (*exact == Value(-1)) != (i % 2 == 0)) FAIL(digits);
  }
}

TEST_CASE("objects are equal by their keys in any order") {
  CHECK(Value(Object{{"a", 1}, {"b", List{1.0}}}) == Value(Object{{"b", List{1}}, {"a", 1}}));
  CHECK_FALSE(Value(Object{{"a", 1}}) == Value(Object{{"A", 1}}));
  CHECK_FALSE(Value(Object{{"a", Value()}}) == Value(Object{}));
}

TEST_CASE("JSON is compact, in order and escaped") {
  const Value value(Object{{"text", "a\"b\\c\n\t\x01\x7f \xC3\xA9"},
                           {"list", List{Value(), true, 1.5}},
                           {"at", Time{1'000'000}},
                           {"for", Duration{90'000'000}}});
  CHECK(to_json(value) ==
        "{\"text\":\"a\\\"b\\\\c\\n\\t\\u0001\x7f \xC3\xA9\",\"list\":[null,true,1.5],\"at\":\"1970-01-01T00:00:01Z\","
        "\"for\":\"90s\"}");
  CHECK(to_text(Value("a\"b")) == "a\"b");
  CHECK(to_text(Value(Duration{500'000})) == "500ms");
}

}  // namespace
}  // namespace picket
