#include "engine/plan/grams.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "tests/bench/chance.hpp"
#include "tests/catch.hpp"
#include "tests/unit/plan/literals.hpp"

namespace picket {
namespace {

using bench::Chance;
using tests::Padded;
using tests::Places;

Places sought_in(const Grams& grams, std::string_view text) {
  const Padded padded(text, 'a');
  Places places;
  grams.scan(padded.view(), [&places](std::uint32_t literal, std::size_t place) { places.emplace(literal, place); });
  return places;
}

// Each filed at an offset.
Grams grams_of(std::size_t length, std::size_t stride,
               const std::vector<std::pair<std::string, std::size_t>>& literals) {
  Grams grams(length, stride);
  for (std::uint32_t i = 0; i < literals.size(); ++i) {
    const Padded padded(literals[i].first, 'z');
    grams.add(i, padded.view(), literals[i].second);
  }
  grams.finish();
  return grams;
}

TEST_CASE("grams of nothing seek nothing") {
  CHECK(sought_in(grams_of(4, 2, {}), "some text, some more").empty());
  CHECK(sought_in(grams_of(1, 1, {}), "some text, some more").empty());
}

TEST_CASE("a literal is found at even and at odd places, in either case") {
  const Grams grams = grams_of(4, 2, {{"needle", 1}});
  for (std::size_t before = 0; before <= 40; ++before) {
    for (std::size_t behind = 0; behind <= 9; ++behind) {
      INFO(before << " " << behind);
      CHECK(sought_in(grams, std::string(before, '.') + "NeedLe" + std::string(behind, '.')) == Places{{0, before}});
    }
  }
  CHECK(sought_in(grams, "").empty());
  CHECK(sought_in(grams, "eedl").empty());
  CHECK(sought_in(grams, "needl").empty());
  CHECK(sought_in(grams, std::string(200, '.')).empty());
}

TEST_CASE("literals of one byte are looked for everywhere") {
  const Grams grams = grams_of(1, 1, {{"x", 0}, {"\"", 0}});
  CHECK(sought_in(grams, "aXb\"x") == Places{{0, 1}, {0, 4}, {1, 3}});
}

TEST_CASE("every occurrence of every literal is sought, by whichever of its grams it is filed") {
  Chance chance(1);
  tests::SearchTally tally;
  for (int round = 0; round < 4'000; ++round) {
    // By the length of the grams and the distance of the places looked at.
    const std::size_t length = 1 + chance.below(Grams::longest);
    const std::size_t stride = 1 + chance.below(2);
    std::vector<std::string> texts;
    std::vector<std::pair<std::string, std::size_t>> literals;
    for (std::size_t i = 1 + chance.below(chance.one_in(20) ? 500 : 20); i > 0; --i) {
      const std::size_t least = length + stride - 1;
      texts.push_back(tests::random_text(chance, least, std::max<std::size_t>(least, 40)));
      literals.emplace_back(texts.back(), chance.below(texts.back().size() - least + 1));
    }
    const Grams grams = grams_of(length, stride, literals);
    const std::string text = tests::text_around(texts, chance);
    const Places sought = sought_in(grams, text);
    CAPTURE(text, length, stride);
    tally.add(sought, tests::occurrences_of(texts, text));
  }
  tally.check();
}

}  // namespace
}  // namespace picket
