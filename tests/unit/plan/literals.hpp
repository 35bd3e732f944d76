// Literals and the texts that they stand in, for the tests of what finds them.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/bench/chance.hpp"
#include "tests/catch.hpp"
#include "tests/unit/event/padded.hpp"

namespace picket::tests {

// Which literal, and where it begins.
using Places = std::set<std::pair<std::uint32_t, std::size_t>>;

inline std::string lower(std::string text) {
  for (char& byte : text) byte = byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + ('a' - 'A')) : byte;
  return text;
}

// Of few letters, so that texts are parts of one another; in lower case.
inline std::string random_text(bench::Chance& chance, std::size_t least, std::size_t most) {
  constexpr std::array<std::string_view, 10> parts = {"a", "b", "ab",       "\\\\", "\\\"",
                                                      "n", "0", "\xC3\xA9", "{",    "aaaa"};
  const std::size_t size =
      chance.one_in(2) ? chance.between(least, std::min(most, least + 5)) : chance.between(least, most);
  const std::size_t kinds = chance.between(2, parts.size());
  std::string text;
  while (text.size() < size) text += parts[chance.below(kinds)];
  text.resize(size);
  return text;
}

// A text in which some of the literals stand, in either case, between others.
inline std::string text_around(const std::vector<std::string>& literals, bench::Chance& chance) {
  std::string text = random_text(chance, 0, 40);
  for (std::size_t i = chance.below(4); i > 0; --i) {
    text += literals[chance.below(literals.size())] + random_text(chance, 0, 9);
  }
  for (char& byte : text) byte = byte >= 'a' && byte <= 'z' && chance.one_in(3) ? static_cast<char>(byte - 32) : byte;
  return text;
}

// By a simple search, up to ASCII case.
inline Places occurrences_of(const std::vector<std::string>& literals, const std::string& text) {
  const std::string folded = lower(text);
  Places places;
  for (std::uint32_t i = 0; i < literals.size(); ++i) {
    for (std::size_t at = folded.find(literals[i]); at != std::string::npos; at = folded.find(literals[i], at + 1)) {
      places.emplace(i, at);
    }
  }
  return places;
}

// Holds what is sought against what is there, text by text.
class SearchTally {
 public:
  // Nothing that is there may be missed.
  void add(const Places& sought, const Places& expected) {
    REQUIRE(std::includes(sought.begin(), sought.end(), expected.begin(), expected.end()));
    occurrences_ += expected.size();
    more_ += sought.size() - expected.size();
  }
  // There was something to miss, and the search was worth something.
  void check() const {
    CHECK(occurrences_ > 10'000);
    CHECK(more_ < occurrences_ * 10);
  }

 private:
  std::size_t occurrences_ = 0;
  std::size_t more_ = 0;
};

}  // namespace picket::tests
