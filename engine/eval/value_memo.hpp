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
  static constexpr std::size_t longest_text = 432;
  static constexpr std::size_t most_candidates = 12;
  static constexpr std::size_t most_decided = 24;

  struct alignas(64) Entry {
    std::uint32_t owner = 0;  // which log type's which field; 0: nothing here
    std::uint32_t length = 0;
    std::uint32_t candidate_count = 0;
    std::uint32_t decided_count = 0;
    std::array<char, longest_text> text;
    std::array<Posting, most_candidates> candidates;
    std::array<std::uint32_t, most_decided> decided;  // predicate * 2 + result

    [[nodiscard]] std::span<const Posting> found() const { return std::span(candidates).first(candidate_count); }
  };

  // `places` is a power of two; 0 remembers nothing.
  explicit ValueMemo(std::size_t places);

  // Whether a text of this length may be remembered at all.
  [[nodiscard]] bool takes(std::string_view text) const { return !entries_.empty() && text.size() <= longest_text; }

  // What find() and start() ask for. Brings what they will look at nearer, so that it is best asked early. REQUIRES:
  // takes(text); eight readable bytes behind the text.
  [[nodiscard]] std::uint64_t hash_of(std::uint32_t owner, std::string_view text) const;

  // The entry of a text; null if there is none.
  [[nodiscard]] Entry* find(std::uint32_t owner, std::string_view text, std::uint64_t hash) {
    const std::size_t place = place_of(hash);
    if (tags_[place] != tag_of(hash)) return nullptr;
    Entry& entry = entries_[place];
    const bool same = entry.owner == owner && entry.length == text.size() &&
                      std::memcmp(entry.text.data(), text.data(), text.size()) == 0;
    return same ? &entry : nullptr;
  }

  // Begins an entry, without candidates, for a text that is not there.
  [[nodiscard]] Entry* start(std::uint32_t owner, std::string_view text, std::uint64_t hash);

 private:
  [[nodiscard]] std::size_t place_of(std::uint64_t hash) const { return hash & (entries_.size() - 1); }
  [[nodiscard]] static std::uint32_t tag_of(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32U) | 1U; }

  std::vector<std::uint32_t> tags_;  // of hashes; apart, so that a new text costs no look at what another one left
  std::vector<Entry> entries_;
  std::uint64_t secret_ = 0;
};

}  // namespace picket
