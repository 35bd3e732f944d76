#include "engine/stream/structure.hpp"

#include <random>

#include "tests/catch.hpp"
#include "tests/unit/stream/layouts.hpp"

using namespace picket;
using namespace picket::tests;

namespace {

// What the slow scanner says of a value on one line, as the framer asks it.
std::optional<std::size_t> scanned_end(std::string_view text) {
  StructureScanner scanner;
  std::size_t at = 0;
  for (;;) {
    std::size_t used = 0;
    const StructureScanner::Status status = scanner.scan(text.substr(at), used);
    at += used;
    if (status == StructureScanner::Status::complete) return at;
    const bool mends = status == StructureScanner::Status::broken && !scanner.lenient() && text[at] != '\n';
    if (!mends) return std::nullopt;
    scanner.be_lenient();
  }
}

}  // namespace

TEST_CASE("the fast look for a value's end finds the end that the scanner finds") {
  CHECK(plain_value_end("{} {}") == 2);
  CHECK(plain_value_end(R"([1,{"a":"]}\"\\"}],)") == 18);
  for (const char* without :
       {"", "{", "{\"a\":1", R"({"a":"})", "{\n}", "{\"\n\"}", "{\"\\\n\"}", "[}", "{]", "1", "}"}) {
    INFO(without);
    CHECK_FALSE(plain_value_end(without));
  }
}

TEST_CASE("the fast look for a value's end never finds another one, whatever the text") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  RandomEvents random(seed);
  std::size_t found = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string text = random.some(1)[0].dump() + " {}";
    for (std::size_t i = random.below(4); i > 0; --i) {
      static constexpr std::string_view bytes = "{}[]\",:\\\nx 1";
      text[1 + random.below(text.size() - 1)] = bytes[random.below(bytes.size())];
    }
    const auto fast = plain_value_end(text);
    if (!fast) continue;
    INFO(text);
    ++found;
    REQUIRE(fast == scanned_end(text));
  }
  CHECK(found > 5'000);
}
