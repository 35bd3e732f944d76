// KeyOrder: in which order the keys of objects stood in earlier events. Events of a log type are much alike, so the
// next key is most often the one that came next before: one comparison of its bytes then tells what a search would. It
// is only ever a guess where to look first; whatever is learned, the same is found.
//
// Hot: asked for every key of every object that somebody asks about.
#pragma once

#include <array>
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

namespace key_order {

constexpr std::size_t longest_key = 24;

// By a key's length: which bytes of its words count.
struct Mask {
  std::uint64_t head = 0;
  std::uint64_t middle = 0;
  std::uint64_t tail = 0;
};
inline constexpr std::array<Mask, longest_key + 1> masks = [] {
  std::array<Mask, longest_key + 1> table{};
  for (std::size_t length = 1; length <= longest_key; ++length) {
    table[length].head = length < 8 ? ~(~std::uint64_t{0} << (8 * length)) : ~std::uint64_t{0};
    table[length].middle = length > 16 ? ~std::uint64_t{0} : 0;
    table[length].tail = length > 8 ? ~std::uint64_t{0} : 0;
  }
  return table;
}();

}  // namespace key_order

// One per trie and thread.
class KeyOrder {
 public:
  // A key as it stands in the text, with its escapes, of up to longest_key bytes.
  struct Known {
    std::uint64_t head = 0;    // its first eight bytes, or all that are there
    std::uint64_t middle = 0;  // those from the ninth on, of a key that has more than 16
    std::uint64_t tail = 0;    // its last eight bytes, of a key that has more than eight
    AskedKey asked;
    std::uint32_t length = no_length;

    // REQUIRES: eight readable bytes before `begin` and 24 behind it.
    [[nodiscard]] bool is_at(const char* begin, std::uint32_t size) const {
      if (size != length) return false;
      const key_order::Mask& mask = key_order::masks[size];
      return (((words::load(begin) ^ head) & mask.head) | ((words::load(begin + 8) ^ middle) & mask.middle) |
              ((words::load(begin + size - 8) ^ tail) & mask.tail)) == 0;
    }
  };

  explicit KeyOrder(const FieldTrie& trie);

  // Where an object's keys are, on the way through them: which of them is expected next. One of `passed` keys behind it
  // is looked at too. Good until something is learned below the node.
  using Cursor = const Known*;
  static constexpr std::size_t passed = 3;
  // REQUIRES: the node has children.
  [[nodiscard]] Cursor begin(FieldId node) const { return sequences_[node].keys.data(); }
  // Where the key is, if it is known at all; else null. `hash`: its KeyWords::hash. REQUIRES: as Known::is_at.
  [[nodiscard]] Cursor find(FieldId node, std::string_view key, std::uint64_t hash) const;

  // That a key without backslashes, which the cursor did not know, stood here. Learning is slow, and so it is rationed.
  // REQUIRES: eight readable bytes before the key and 24 behind its beginning.
  void learn(FieldId node, Cursor& cursor, std::string_view key, AskedKey asked);
  // To be said of each event: it may teach a little more.
  void start_event() {
    if (patience_ < most_patience) ++patience_;
  }

 private:
  static constexpr std::uint32_t no_length = static_cast<std::uint32_t>(-1);

  static constexpr std::size_t longest_sequence = 256;
  static constexpr std::uint32_t cost = 8;  // of learning a key, in events
  static constexpr std::uint32_t most_patience = 512 * cost;

  struct Sequence {
    std::vector<Known> keys;            // behind which stand some that are none, so that a cursor may look beyond
    std::vector<std::uint32_t> hashes;  // of those that are some
    std::vector<std::uint16_t> places;  // a hash table: of keys, plus one; 0 is free
  };

  static void file(Sequence& sequence);

  std::vector<Sequence> sequences_;  // by the node of the object
  std::uint32_t patience_ = most_patience;
};

}  // namespace picket
