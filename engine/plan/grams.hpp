// Grams: literals anywhere in a text, by a few bytes of theirs, and a filter that tells of nearly all places of the
// text that none stands there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/event/words.hpp"
#include "engine/plan/literal_index.hpp"

namespace picket {

// The filter is a Bloom filter whose two bits for a gram stand in one word (Putze, Sanders and Singler, 2007). A
// literal is filed by two grams, one a byte behind the other: wherever it stands in a text, one of them stands at an
// even place, so that only every other place is looked at. (Literals of one byte have only one, and are looked for
// everywhere.)
class Grams {
 public:
  static constexpr std::size_t longest = 4;

  // The length of the grams, and the distance of the places looked at: 1 or 2.
  Grams(std::size_t length, std::size_t stride) : length_(length), stride_(stride) {}

  // REQUIRES: `stride` grams begin at `offset` and the bytes behind it; else as LiteralIndex::add.
  void add(std::uint32_t literal, std::string_view text, std::size_t offset);
  // REQUIRES: everything was added.
  void finish();

  // Calls seek(literal, place) for each literal that may stand at a place of the text, at least once. REQUIRES:
  // finish() was called; four readable bytes behind the text.
  template <typename Seek>
  void scan(std::string_view text, const Seek& seek) const {
    if (length_ == longest) return scan_by(text, kept_of(longest), seek);
    scan_by(text, kept_of(length_), seek);
  }

 private:
  // `kept`: of which bytes.
  [[nodiscard]] static std::uint64_t hash(const char* bytes, std::uint32_t kept) {
    constexpr std::uint64_t factor = 0x9e3779b97f4a7c15U;
    return ((words::load_half(bytes) | static_cast<std::uint32_t>(words::case_bits)) & kept) * factor;
  }
  [[nodiscard]] static std::uint32_t kept_of(std::size_t length) { return ~std::uint32_t{0} >> (32 - 8 * length); }
  [[nodiscard]] static std::uint64_t bits_of(std::uint64_t hash) {
    return std::uint64_t{1} << (hash >> 58U) | std::uint64_t{1} << (hash >> 52U & 63U);
  }

  // Four places are looked at before the processor has to guess how it went.
  template <typename Seek>
  [[gnu::always_inline]] void scan_by(std::string_view text, std::uint32_t kept, const Seek& seek) const {
    const std::uint64_t* const words_of_filter = filter_.data();
    const std::uint64_t to_word = filter_.size() - 1;
    const auto may_be = [words_of_filter, to_word](std::uint64_t gram) {
      const std::uint64_t word = words_of_filter[gram >> 32U & to_word];
      return word >> (gram >> 58U) & word >> (gram >> 52U & 63U) & 1U;
    };
    if (text.size() < length_) return;
    const std::size_t step = stride_;
    const auto look_at = [&](std::size_t from, std::size_t to) {
      for (; from < to; from += step) {
        const std::uint64_t gram = hash(text.data() + from, kept);
        if (may_be(gram) != 0) literals_.find(gram, text, from, seek);
      }
    };
    const std::size_t end = text.size() - length_ + 1;
    std::size_t at = 0;
    for (; at + 3 * step < end; at += 4 * step) {
      const char* const here = text.data() + at;
      const std::uint64_t first = hash(here, kept);
      const std::uint64_t second = hash(here + step, kept);
      const std::uint64_t third = hash(here + 2 * step, kept);
      const std::uint64_t fourth = hash(here + 3 * step, kept);
      if ((may_be(first) | may_be(second) | may_be(third) | may_be(fourth)) == 0) continue;
      look_at(at, at + 4 * step);
    }
    look_at(at, end);
  }

  std::size_t length_;
  std::size_t stride_;
  std::vector<std::uint64_t> filter_;  // a power of two of words
  LiteralIndex literals_;
  std::vector<std::uint64_t> hashes_;  // until finish()
};

}  // namespace picket
