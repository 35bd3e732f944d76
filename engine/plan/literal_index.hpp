// LiteralIndex: texts that are sought in others, by the hash of some of their bytes.
//
// Hot: what stands in a table's one entry tells of nearly all texts that they are not there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/event/words.hpp"

namespace picket {

class LiteralIndex {
 public:
  // Files a literal, folded and escaped, by the hash of the bytes that begin at `offset` in it. May be called for one
  // several times. REQUIRES: four readable bytes behind the text; the offset is at most `longest`.
  void add(std::uint64_t hash, std::uint32_t literal, std::string_view text, std::size_t offset);
  // REQUIRES: everything was added.
  void finish();

  // Calls seek(literal, place) for each literal filed by the hash that may stand in the text so that its hashed bytes
  // stand at `at`; place is where it would begin. REQUIRES: finish() was called; four readable bytes behind the text.
  template <typename Seek>
  void find(std::uint64_t hash, std::string_view text, std::size_t at, const Seek& seek) const {
    for (std::size_t i = place_of(hash); entries_[i].literal != none; i = (i + 1) & mask_) {
      const Entry& entry = entries_[i];
      if (entry.tag != static_cast<std::uint32_t>(hash) || at < entry.offset) continue;
      const std::size_t begin = at - entry.offset;
      if (entry.kept != 0) {
        if (begin + entry.look_at >= text.size()) continue;
        const std::uint32_t looked =
            (words::load_half(text.data() + begin + entry.look_at) | static_cast<std::uint32_t>(words::case_bits));
        if (((looked ^ entry.look) & kept_bytes(entry.kept)) != 0) continue;
      }
      seek(entry.literal, begin);
    }
  }

  static constexpr std::size_t longest = 60'000;

 private:
  static constexpr std::uint32_t none = static_cast<std::uint32_t>(-1);

  // Other bytes of the literal than those hashed are looked at here already.
  struct Entry {
    std::uint32_t tag = 0;
    std::uint32_t literal = none;
    std::uint32_t look = 0;  // those bytes, without case
    std::uint16_t offset = 0;
    std::uint16_t look_at : 14 = 0;  // where they begin in the literal
    std::uint16_t kept : 2 = 0;      // how many of them: none, two or four
  };
  static_assert(sizeof(Entry) == 16);

  [[nodiscard]] static std::uint32_t kept_bytes(std::uint32_t kept) { return kept == 2 ? ~std::uint32_t{0} : 0xFFFFU; }
  [[nodiscard]] std::size_t place_of(std::uint64_t hash) const { return hash >> 32U & mask_; }

  std::vector<Entry> entries_;
  std::size_t mask_ = 0;
  std::vector<std::uint64_t> hashes_;  // of the entries, until finish()
};

}  // namespace picket
