// The hashes by which values are sought, and tables by them.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/event/words.hpp"

namespace picket {

[[nodiscard]] std::uint64_t hash_of_number(double number);
[[nodiscard]] std::uint64_t hash_of_bool(bool value);
// The same for texts that differ in nothing but ASCII case. By the length and three words of the text, so that it takes
// the same few steps for each: long texts that differ only elsewhere share it. REQUIRES: eight readable bytes before
// and behind the text.
[[nodiscard]] inline std::uint64_t hash_of_text(std::string_view text) {
  constexpr std::uint64_t factor = 0x9e3779b97f4a7c15U;
  if (text.empty()) return factor;
  const std::size_t count = std::min<std::size_t>(text.size(), 8);
  const std::uint64_t kept = ~std::uint64_t{0} >> (64 - 8 * count);
  const std::uint64_t head = (words::load(text.data()) | words::case_bits) & kept;
  const std::uint64_t tail = (words::load(text.data() + text.size() - 8) | words::case_bits) >> (64 - 8 * count);
  const std::uint64_t middle = words::load(text.data() + text.size() / 2 - 4) | words::case_bits;
  const std::uint64_t of_ends = words::mix(head + text.size(), factor) ^ std::rotl(tail, 29);
  return words::mix(of_ends, factor ^ (text.size() > 16 ? middle : 0));
}

// The same of a text that stands anywhere.
[[nodiscard]] std::uint64_t hash_of_copy(std::string_view text);

// Tells of most hashes that are not in a set that they are not: by a bit of `words` words. A Bloom filter with one
// function.
template <std::size_t words>
class HashFilter {
 public:
  void add(std::uint64_t hash) { words_[word_of(hash)] |= bit_of(hash); }
  [[nodiscard]] bool may_hold(std::uint64_t hash) const { return (words_[word_of(hash)] & bit_of(hash)) != 0; }

 private:
  static_assert(std::has_single_bit(words));
  [[nodiscard]] static std::size_t word_of(std::uint64_t hash) { return (hash >> 48U) % words; }
  [[nodiscard]] static std::uint64_t bit_of(std::uint64_t hash) { return std::uint64_t{1} << (hash >> 58U); }
  std::array<std::uint64_t, words> words_{};
};

// A hash table from hashes to indices, filled once. It knows 32 bits of each hash: what is found may, very seldom, be
// another's.
class HashIndex {
 public:
  static constexpr std::uint32_t none = static_cast<std::uint32_t>(-1);

  // Returns the index that is there for the hash, if one is; else files the one given.
  std::uint32_t insert(std::uint64_t hash, std::uint32_t index);
  [[nodiscard]] std::uint32_t find(std::uint64_t hash) const;

  // The table without its owner. Good until the next insert().
  class View;
  [[nodiscard]] View view() const;

 private:
  struct Entry {
    std::uint32_t tag = 0;
    std::uint32_t index = none;
  };
  std::vector<Entry> entries_;
  std::size_t mask_ = 0;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> filed_;  // what is in it, to let it grow
};

class HashIndex::View {
 public:
  View() = default;

  [[nodiscard]] std::uint32_t find(std::uint64_t hash) const {
    if (entries_ == nullptr) return none;
    const auto tag = static_cast<std::uint32_t>(hash >> 32U);
    for (std::size_t at = hash & mask_;; at = (at + 1) & mask_) {
      const Entry& entry = entries_[at];
      if (entry.index == none || entry.tag == tag) return entry.index;
    }
  }

 private:
  friend class HashIndex;
  View(const Entry* entries, std::size_t mask) : entries_(entries), mask_(mask) {}
  const Entry* entries_ = nullptr;
  std::size_t mask_ = 0;
};

inline std::uint32_t HashIndex::find(std::uint64_t hash) const { return view().find(hash); }
inline HashIndex::View HashIndex::view() const { return {entries_.empty() ? nullptr : entries_.data(), mask_}; }

}  // namespace picket
