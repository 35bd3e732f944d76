#include "engine/stream/tally.hpp"

#include <string>
#include <utility>
#include <vector>

#include "tests/catch.hpp"

namespace picket {
namespace {

using Counted = std::vector<std::pair<std::string, std::uint64_t>>;

Counted counted(const WordCounts& counts) {
  Counted all;
  counts.for_each([&all](const WordCounts::Entry& entry) { all.emplace_back(entry.word, entry.count); });
  return all;
}

TEST_CASE("words are counted in the order in which they are first seen, anew after each clearing") {
  WordCounts counts;
  for (const char* word : {"b", "a", "b", "", "c", "b"}) counts.count(word);
  CHECK(counted(counts) == Counted{{"b", 3}, {"a", 1}, {"", 1}, {"c", 1}});
  counts.clear();
  CHECK(counted(counts).empty());
  for (const char* word : {"c", "b", "c"}) counts.count(word);
  CHECK(counted(counts) == Counted{{"c", 2}, {"b", 1}});
}

TEST_CASE("words without number, or as long as they like, are counted as few short ones are") {
  WordCounts counts;
  for (int round = 0; round < 3; ++round) {
    Counted expected;
    for (int i = 0; i < 5'000; ++i) expected.emplace_back("word " + std::to_string(i * (round + 1)), 2);
    expected.emplace_back(std::string(1'000'000, static_cast<char>('a' + round)), 2);
    for (int again = 0; again < 2; ++again) {
      for (const auto& [word, count] : expected) counts.count(word);
    }
    CHECK((counted(counts) == expected));
    counts.clear();
    CHECK(counted(counts).empty());
  }
}

}  // namespace
}  // namespace picket
