#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "engine/event/event_scanner.hpp"
#include "engine/event/json.hpp"
#include "tests/bench/chance.hpp"
#include "tests/catch.hpp"
#include "tests/unit/event/scanner_fixture.hpp"

namespace picket {
namespace {

using bench::Chance;
using tests::path;
using tests::scanner_nesting;
using tests::ScannerFixture;

TEST_CASE("nesting is bounded by the limit") {
  const auto nested = [](std::size_t lists) {
    return "{\"a\":" + std::string(lists, '[') + "1" + std::string(lists, ']') + "}";
  };
  const auto objects = [](std::size_t count) {
    std::string text = "1";
    for (std::size_t i = 0; i < count; ++i) text = "{\"a\":" + text + "}";
    return text;
  };
  for (const std::size_t limit : {std::size_t{1}, std::size_t{2}, std::size_t{5}, scanner_nesting}) {
    ScannerFixture fixture({path({"a", "a"}), path({"b"})}, {}, limit);
    INFO(limit);
    CHECK(fixture.scan(nested(limit - 1)));
    CHECK_FALSE(fixture.scan(nested(limit)));
    CHECK(fixture.scan(objects(limit)));
    CHECK_FALSE(fixture.scan(objects(limit + 1)));
    CHECK_FALSE(fixture.scan("{\"a\":" + std::string(10'000, '[')));
    // Side by side is not within one another.
    CHECK(fixture.scan(R"({"a":1,"b":2})"));
  }
}

// An event so many containers deep: objects with the key `a`, some in lists, one or two other members beside them.
std::string deep_event(std::size_t depth, unsigned lists_of_100, Chance& chance) {
  std::string text = chance.one_in(2) ? "{}" : R"({"a":7,"b":[]})";
  for (std::size_t i = 1; i < depth; ++i) {
    if (i + 1 < depth && chance.percent(lists_of_100)) {
      text = (chance.one_in(3) ? "[{}," : "[") + text + (chance.one_in(3) ? ",[1]]" : "]");
    } else {
      text = (chance.one_in(3) ? R"({"b":{"a":null},"a":)" : R"({"a":)") + text +
             (chance.one_in(3) ? R"(,"c":"x"})" : "}");
    }
  }
  return text;
}

TEST_CASE("what is deep is read as what is not, whether it is asked for or not") {
  Chance chance(17);
  std::size_t read = 0;
  std::size_t refused = 0;
  for (std::size_t depth = 1; depth < scanner_nesting; ++depth) {
    ScannerFixture deep({path(std::vector<std::string>(depth, "a")), path({"a", "b"})});
    ScannerFixture flat({path({"b"}), path({"c"})});
    for (const unsigned lists : {0U, 30U, 95U}) {
      const std::string event = deep_event(depth, lists, chance);
      CAPTURE(event);
      REQUIRE(deep.scan(event));
      REQUIRE(flat.scan(event));
      ++read;
      for (int i = 0; i < 20; ++i) {
        std::string broken = event;
        broken[chance.below(broken.size())] = "{}[],:"[chance.below(6)];
        CAPTURE(broken);
        const auto exact = read_json(broken, {.nesting = scanner_nesting});
        const auto* value = std::get_if<Value>(&exact);
        const bool is_event = value != nullptr && value->object() != nullptr;
        REQUIRE(deep.scan(broken) == is_event);
        REQUIRE(flat.scan(broken) == is_event);
        refused += is_event ? 0 : 1;
      }
    }
  }
  CHECK(read > 300);
  CHECK(refused > 3'000);
}

}  // namespace
}  // namespace picket
