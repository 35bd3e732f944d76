// The tree against the whole value, and events that are kept as text.
#include "engine/event/json_tree.hpp"

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "engine/event/kept_event.hpp"
#include "tests/catch.hpp"

namespace picket {
namespace {

Value value_of(std::string_view json) { return std::get<Value>(read_json(json)); }

// What Object::find() finds along the keys.
Value found_in(const Value& root, const std::vector<std::string_view>& keys) {
  const Value* at = &root;
  for (const std::string_view key : keys) {
    const Object* object = at->object();
    at = object == nullptr ? nullptr : object->find(key);
    if (at == nullptr) return {};
  }
  return *at;
}

// Objects within objects, of few keys that often are equal, or up to case.
std::string random_object(std::mt19937& random, int depth) {
  static constexpr std::string_view keys[] = {"a", "A", "b", "B", "aB", "Ab", "\\u0061", "é", "É", ""};
  static constexpr std::string_view scalars[] = {"1",    "-2.50",  "\"x\"",       R"("\u00e9\n")",
                                                 "null", "[1,{}]", "[{\"a\":3}]", "18446744073709551615"};
  std::string text = "{";
  for (auto left = random() % 6; left > 0; --left) {
    if (text.size() > 1) text += ',';
    text += '"';
    text += keys[random() % std::size(keys)];
    text += "\": ";
    text += depth > 0 && random() % 2 == 0 ? random_object(random, depth - 1)
                                           : std::string(scalars[random() % std::size(scalars)]);
  }
  return text + "}";
}

}  // namespace

TEST_CASE("what keys lead to in a tree is what they lead to in the whole value") {
  const auto seed = std::random_device()();
  CAPTURE(seed);
  std::mt19937 random(seed);
  JsonTree tree;
  for (int i = 0; i < 3'000; ++i) {
    const std::string text = random_object(random, 3);
    const Value whole = value_of(text);
    CAPTURE(text);
    REQUIRE(tree.read(text));
    REQUIRE(to_json(*tree.value({})) == to_json(whole));
    for (const std::vector<std::string_view>& keys : {std::vector<std::string_view>{"a"},
                                                      {"B"},
                                                      {"ab"},
                                                      {"é"},
                                                      {""},
                                                      {"c"},
                                                      {"a", "b"},
                                                      {"A", "a"},
                                                      {"b", "AB", "a"}}) {
      REQUIRE(to_json(*tree.find(keys)) == to_json(found_in(whole, keys)));
    }
    for (const std::string_view key : {"a", "A", "ab", "é", ""}) {
      const Value* exact = whole.object()->find_exact(key);
      REQUIRE(to_json(*tree.find_exact(key)) == (exact == nullptr ? "null" : to_json(*exact)));
    }
  }
}

TEST_CASE("there is no tree of what only the exact reader knows") {
  JsonTree tree;
  for (const std::string_view text : {R"({"n":123456789012345678901234567890})", "{", "", "{\"a\":\"\xFF\"}"}) {
    CAPTURE(text);
    CHECK_FALSE(tree.read(text));
  }
  REQUIRE(tree.read(R"({"a":[[1]]})"));
  CHECK_FALSE(tree.value({.nesting = 2}));
  CHECK(tree.value({.nesting = 3}));
}

TEST_CASE("a kept event is the event, whatever its text looks like") {
  const std::string_view text = " {\"a\" : 1,\"a\":2, \"big\":123456789012345678901234567890}\n";
  const KeptEvent kept = KeptEvent::of_text(text);
  CHECK(kept.text() == text);
  CHECK(to_json(kept.value()) == R"({"a":2,"big":123456789012345678901234567890})");
  CHECK(to_json(KeptEvent(value_of(text)).value()) == to_json(kept.value()));
  std::string deep = "{\"a\":";
  for (int i = 0; i < 3'000; ++i) deep += '[';
  for (int i = 0; i < 3'000; ++i) deep += ']';
  deep += '}';
  CHECK(to_json(KeptEvent::of_text(deep).value()) == deep);
  CHECK(KeptEvent().is_none());
  CHECK(KeptEvent().value().is_null());
  CHECK(KeptEvent(Value()).is_none());
}

}  // namespace picket
