// ValueMemo: what was found out about the texts of fields, so that a text that comes again (most do: paths of programs,
// command lines of services) is not looked through again. Bounded: one entry in each place, the newer one stays. A text
// is known by 128 bits of a hash with a secret of this memo, so that nobody can make it answer for another text, nor
// choose texts that all want one place; two texts of a log have one hash with a probability of 2^-128.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engine/plan/access.hpp"

namespace picket {

class ValueMemo {
 public:
  // What stands for a text of a field.
  struct Hash {
    std::uint64_t low = 0;
    std::uint64_t high = 0;
    friend bool operator==(const Hash&, const Hash&) = default;
  };

  // Two lines of memory, of which the second is looked at only where there are candidates.
  struct alignas(128) Entry {
    static constexpr std::size_t most_candidates = 5;
    static constexpr std::size_t most_decided = 16;

    Hash hash;
    std::uint32_t owner = 0;  // which log type's which field; 0: nothing here
    std::uint16_t candidate_count = 0;
    std::uint16_t decided_count = 0;
    std::array<Posting, most_candidates> candidates;
    std::array<std::uint32_t, most_decided> decided;  // predicate * 2 + result

    [[nodiscard]] std::span<const Posting> found() const { return std::span(candidates).first(candidate_count); }
  };
  static_assert(sizeof(Entry) == 128);

  // `places` is a power of two; 0 remembers nothing.
  explicit ValueMemo(std::size_t places);

  [[nodiscard]] bool is_on() const { return !entries_.empty(); }

  // What find() and start() ask for. Brings what they will look at nearer, so that it is best asked early. REQUIRES:
  // is_on(); eight readable bytes behind the text.
  [[nodiscard]] Hash hash_of(std::uint32_t owner, std::string_view text) const;

  // The entry of a field's text; null if there is none.
  [[nodiscard]] Entry* find(std::uint32_t owner, const Hash& hash) {
    const std::size_t place = place_of(hash);
    if (tags_[place] != tag_of(hash)) return nullptr;
    Entry& entry = entries_[place];
    return entry.owner == owner && entry.hash == hash ? &entry : nullptr;
  }

  // Begins an entry, without candidates, for a text that is not there.
  [[nodiscard]] Entry* start(std::uint32_t owner, const Hash& hash);

 private:
  [[nodiscard]] std::size_t place_of(const Hash& hash) const { return hash.low & (entries_.size() - 1); }
  [[nodiscard]] static std::uint32_t tag_of(const Hash& hash) {
    return static_cast<std::uint32_t>(hash.high >> 32U) | 1U;
  }

  std::vector<std::uint32_t> tags_;  // of hashes; apart, so that a new text costs no look at what another one left
  std::vector<Entry> entries_;
  std::array<std::uint64_t, 4> secrets_{};
};

}  // namespace picket
