// KeyOrder: in which order the keys of objects stood in earlier events. Events of a log type are much alike, so the
// next key is most often the one that came next before: one comparison of its bytes then tells what a search would. It
// is only ever a guess where to look first; whatever is learned, the same is found.
//
// Hot: asked for every key of every object that somebody asks about.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/event/field_trie.hpp"
#include "engine/event/words.hpp"

namespace picket {

// What a trie asks of a key's value, in one word.
class AskedKey {
 public:
  using Flags = std::uint32_t;
  static constexpr Flags asked = 1;  // as FieldTrie::Child
  static constexpr Flags listed = 2;
  static constexpr Flags has_children = 4;
  static constexpr Flags special = 8;  // spelt otherwise, or one of several children that are equal up to case

  AskedKey() = default;  // nothing
  AskedKey(FieldId node, Flags flags) : bits_(node << 4U | flags) {}

  [[nodiscard]] bool is_nothing() const { return bits_ == nothing; }
  [[nodiscard]] bool has(Flags flags) const { return (bits_ & flags) != 0; }
  // REQUIRES: it is something.
  [[nodiscard]] FieldId node() const { return bits_ >> 4U; }

 private:
  static constexpr std::uint32_t nothing = static_cast<std::uint32_t>(-1) << 4U;
  std::uint32_t bits_ = nothing;
};

// One per trie and thread.
class KeyOrder {
 public:
  // A key as it stands in the text, with its escapes, of up to longest_key bytes.
  struct Known {
    std::uint64_t head = 0;    // its first eight bytes, or all that are there in the highest bytes
    std::uint64_t middle = 0;  // those from the ninth on, of a key that has more than 16
    std::uint64_t tail = 0;    // its last eight bytes, or all that are there in the lowest bytes
    AskedKey asked;
    std::uint8_t length = 0;
    std::uint8_t shift = 0;  // to the highest bytes

    // REQUIRES: `begin` is not 0; eight readable bytes before and 24 behind it.
    [[nodiscard]] bool is_at(const char* begin, std::size_t size) const {
      if (size != length) return false;
      const std::uint64_t difference =
          ((words::load(begin) << shift) ^ head) | ((words::load(begin + size - 8) >> shift) ^ tail);
      return difference == 0 && (size <= 16 || words::load(begin + 8) == middle);
    }
  };

  explicit KeyOrder(const FieldTrie& trie) : sequences_(trie.size()) {}

  // The way through one object's keys.
  class Cursor {
   public:
    // The key of `size` bytes at `begin`, if it is the next one, or one of the few behind that, which are then passed.
    [[nodiscard]] const Known* next(const char* begin, std::size_t size) {
      constexpr std::ptrdiff_t most_passed = 3;
      const Known* const behind = at_ + std::min<std::ptrdiff_t>(end_ - at_, 1 + most_passed);
      for (const Known* known = at_; known != behind; ++known) {
        if (!known->is_at(begin, size)) continue;
        at_ = known + 1;
        return known;
      }
      return nullptr;
    }

   private:
    friend class KeyOrder;
    Cursor(const std::vector<Known>& sequence) : at_(sequence.data()), end_(at_ + sequence.size()) {}
    const Known* at_;
    const Known* end_;
  };
  // Good until something is learned below the node.
  [[nodiscard]] Cursor begin(FieldId node) const { return Cursor(sequences_[node]); }

  // That a key without backslashes, which the cursor did not know, stood here. Learning is slow, and so it is rationed.
  void learn(FieldId node, Cursor& cursor, std::string_view key, const AskedKey& asked);
  // To be said of each event: it may teach a little more.
  void start_event() {
    if (patience_ < most_patience) ++patience_;
  }

 private:
  static constexpr std::size_t longest_key = 24;
  static constexpr std::size_t longest_sequence = 128;
  static constexpr std::uint32_t cost = 8;  // of learning a key, in events
  static constexpr std::uint32_t most_patience = 512 * cost;

  std::vector<std::vector<Known>> sequences_;  // by the node of the object
  std::uint32_t patience_ = most_patience;
};

}  // namespace picket
