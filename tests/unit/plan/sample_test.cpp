#include "engine/plan/sample.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tests/catch.hpp"

namespace picket {
namespace {

// The numbers of the events that are kept of a log type.
std::vector<std::int64_t> numbers(const EventSample& sample, std::string_view log_type) {
  std::vector<std::int64_t> found;
  for (const Value& event : sample.events(log_type)) found.push_back(*event.object()->find("n")->integer());
  return found;
}

std::string lines(std::size_t count, const std::string& log_type = "") {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    text += "{\"n\":" + std::to_string(i) + (log_type.empty() ? "" : R"(,"p_log_type":")" + log_type + "\"") + "}\n";
  }
  return text;
}

}  // namespace

TEST_CASE("a sample keeps all of a few events, by their log type") {
  EventSample sample;
  sample.add_lines(lines(3, "A") + lines(2) + "no event\n[1]\n", "B");
  CHECK(numbers(sample, "A") == std::vector<std::int64_t>{0, 1, 2});
  CHECK(numbers(sample, "B") == std::vector<std::int64_t>{0, 1});
  CHECK(sample.events("C").empty());
  CHECK(sample.size() == 5);
}

TEST_CASE("a sample of many events is of all of them alike, and bounded") {
  for (const unsigned count : {1'000U, 3'999U, 20'000U}) {
    INFO(count);
    EventSample sample;
    sample.add_lines(lines(count), "A");
    const std::vector<std::int64_t> kept = numbers(sample, "A");
    REQUIRE(kept.size() == EventSample::most_of_log_type);
    // Each quarter of the text gives about a quarter of the sample.
    std::array<std::size_t, 4> quarters{};
    for (const std::int64_t number : kept) ++quarters[static_cast<std::size_t>(number) * 4 / count];
    for (const std::size_t quarter : quarters) {
      CHECK(quarter > EventSample::most_of_log_type / 6);
      CHECK(quarter < EventSample::most_of_log_type / 3);
    }
    EventSample again;
    again.add_lines(lines(count), "A");
    CHECK(numbers(again, "A") == kept);
  }
}

TEST_CASE("a sample of many log types is bounded") {
  EventSample sample;
  for (int i = 0; i < 30; ++i) sample.add_lines(lines(200, "T" + std::to_string(i)), "");
  CHECK(sample.size() == EventSample::most_events);
}

}  // namespace picket
