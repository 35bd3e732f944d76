#include "engine/mutation/event_change.hpp"

#include <string>
#include <vector>

#include "engine/event/json.hpp"
#include "tests/catch.hpp"

namespace picket::tests {
namespace {

Value parsed(const std::string& text) {
  const auto value = read_json(text);
  REQUIRE(std::holds_alternative<Value>(value));
  return std::get<Value>(value);
}

std::string after(const std::string& event, std::vector<PathStep> path, std::optional<Value> value) {
  return to_json(changed(parsed(event), {.path = std::move(path), .value = std::move(value)}));
}

}  // namespace

TEST_CASE("values are set, made and taken out along a path") {
  CHECK(after(R"({"a":1,"b":2})", {"a"}, Value(3)) == R"({"a":3,"b":2})");
  CHECK(after(R"({"a":1,"b":2})", {"a"}, std::nullopt) == R"({"b":2})");
  CHECK(after(R"({"a":1})", {"c"}, std::nullopt) == R"({"a":1})");
  CHECK(after(R"({})", {"a", "b", "c"}, Value("x")) == R"({"a":{"b":{"c":"x"}}})");
  CHECK(after(R"({"a":5})", {"a", "b"}, Value(true)) == R"({"a":{"b":true}})");
  CHECK(after(R"({"a":{"b":1,"c":2}})", {"a", "b"}, std::nullopt) == R"({"a":{"c":2}})");
  // Keys are found as conditions find them.
  CHECK(after(R"({"UserName":"x"})", {"username"}, Value("y")) == R"({"UserName":"y"})");
}

TEST_CASE("elements are set, added and taken out") {
  CHECK(after(R"({"l":[1,2,3]})", {"l", std::int64_t{1}}, Value(9)) == R"({"l":[1,9,3]})");
  CHECK(after(R"({"l":[1,2,3]})", {"l", std::int64_t{-1}}, std::nullopt) == R"({"l":[1,2]})");
  CHECK(after(R"({"l":[{"a":1}]})", {"l", std::int64_t{0}, "a"}, Value(2)) == R"({"l":[{"a":2}]})");
  CHECK(after(R"({})", {"l", std::int64_t{0}, "a"}, Value(2)) == R"({"l":[{"a":2}]})");
  CHECK(after(R"({"l":5})", {"l", std::int64_t{0}}, Value(6)) == R"({"l":[6]})");
  // Nobody asks for a list of a million elements.
  CHECK(after(R"({"l":[1]})", {"l", std::int64_t{1'000'000}}, Value(6)) == R"({"l":[1]})");
}

TEST_CASE("changes are told in the words of conditions") {
  CHECK(describe({.path = {"a", "b"}, .value = Value("x\n")}) == R"(`a.b` is "x\n")");
  CHECK(describe({.path = {"a", std::int64_t{0}}, .value = std::nullopt}) == "no `a[0]`");
}

}  // namespace picket::tests
