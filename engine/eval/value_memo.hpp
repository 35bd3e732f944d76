// ValueMemo: what was found out about the texts of fields, so that a text that comes again (most do: paths of programs,
// command lines of services) is not looked through again. Bounded: one entry in each place, the newer one stays. A text
// is found by a hash with a secret and then compared byte by byte, so nobody can make it answer for another one, nor
// choose texts that all want one place.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

#include "engine/plan/access.hpp"

namespace picket {

class ValueMemo {
 public:
  static constexpr std::size_t longest_text = 400;
  static constexpr std::size_t most_candidates = 16;
  static constexpr std::size_t most_decided = 24;

  struct Entry {
    std::uint32_t owner = 0;  // which log type's which field; 0: nothing here
    std::uint32_t length = 0;
    std::uint32_t candidate_count = 0;
    std::uint32_t decided_count = 0;
    std::array<Posting, most_candidates> candidates;
    std::array<std::uint32_t, most_decided> decided;  // predicate * 2 + result
    std::array<char, longest_text> text;

    [[nodiscard]] std::span<const Posting> found() const { return std::span(candidates).first(candidate_count); }
  };

  // `places` is a power of two; 0 remembers nothing.
  explicit ValueMemo(std::size_t places);

  // The entry of a text; null if there is none. `place` is where it would be.
  [[nodiscard]] Entry* find(std::uint32_t owner, std::string_view text, std::size_t& place) {
    if (entries_.empty() || text.size() > longest_text) return nullptr;
    place = place_of(owner, text);
    Entry& entry = entries_[place];
    const bool same = entry.owner == owner && entry.length == text.size() &&
                      std::memcmp(entry.text.data(), text.data(), text.size()) == 0;
    return same ? &entry : nullptr;
  }

  // Begins an entry, without candidates, in the place that find() named; null if the text is not to be remembered.
  [[nodiscard]] Entry* start(std::uint32_t owner, std::string_view text, std::size_t place);

 private:
  [[nodiscard]] std::size_t place_of(std::uint32_t owner, std::string_view text) const;

  std::vector<Entry> entries_;
  std::uint64_t secret_ = 0;
};

}  // namespace picket
