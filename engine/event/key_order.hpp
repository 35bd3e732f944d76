// KeyOrder: in which order the keys of objects stood in earlier events. Events of a log type are much alike, so the
// next key is most often the one that came next before: one comparison of its bytes then tells what a search would. It
// is only ever a guess where to look first; whatever is learned, the same is found.
//
// Hot: asked for every key of every object that somebody asks about.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
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

// Sixteen bytes, compared at once.
using Pair = std::uint64_t __attribute__((vector_size(16)));

[[nodiscard]] inline Pair load(const void* bytes) {
  Pair pair{};
  std::memcpy(&pair, bytes, sizeof pair);
  return pair;
}

constexpr std::size_t longest_key = 2 * sizeof(Pair) - 3;  // two pairs hold it as `"key":`

// By a number of bytes: so many of a pair, the first ones.
inline constexpr std::array<std::array<std::uint64_t, 2>, sizeof(Pair) + 1> firsts = [] {
  std::array<std::array<std::uint64_t, 2>, sizeof(Pair) + 1> table{};
  for (std::size_t count = 0; count < table.size(); ++count) {
    table[count] = {words::firsts[count < 8 ? count : 8], words::firsts[count < 8 ? 0 : count - 8]};
  }
  return table;
}();

}  // namespace key_order

// One per trie and thread.
class KeyOrder {
 public:
  // A key as compact texts write it, `"key":`, with its escapes. One that is nothing stands nowhere: no text has such
  // bytes.
  struct Known {
    key_order::Pair head = ~key_order::Pair{};  // the first sixteen bytes of `"key":`, or all that are there
    key_order::Pair tail = ~key_order::Pair{};  // its last sixteen, if it has as many; else the same
    AskedKey asked;
    std::uint16_t count = sizeof(key_order::Pair);  // of bytes that matter in each
    std::uint16_t tail_at = 0;                      // where the tail begins

    // Whether it begins there, quotes, colon and all. REQUIRES: 32 readable bytes from `begin` on.
    [[nodiscard]] bool is_at(const char* begin) const {
      const key_order::Pair other = (key_order::load(begin) ^ head) | (key_order::load(begin + tail_at) ^ tail);
      const key_order::Pair matters = other & key_order::load(key_order::firsts[count].data());
      return (matters[0] | matters[1]) == 0;
    }
  };

  explicit KeyOrder(const FieldTrie& trie);
  KeyOrder(const KeyOrder&) = delete;  // it points into itself
  KeyOrder& operator=(const KeyOrder&) = delete;

  // Where an object's keys are, on the way through them: which of them is expected next. One of `passed` keys behind it
  // is looked at too. Good until something is learned below the node.
  using Cursor = const Known*;
  static constexpr std::size_t passed = 3;
  // REQUIRES: the node has children.
  [[nodiscard]] Cursor begin(FieldId node) const { return starts_[node]; }
  // Where the key is, if it is known at all; else null. `hash`: its KeyWords::hash. REQUIRES: the key stands in a text;
  // of its opening quote as Known::is_at.
  [[nodiscard]] Cursor find(FieldId node, std::string_view key, std::uint64_t hash) const;

  // That a key without backslashes, which the cursor did not know, stood here. Learning is slow, and so it is rationed.
  // REQUIRES: as find().
  void learn(FieldId node, Cursor& cursor, std::string_view key, AskedKey asked);
  // To be said of each event: it may teach a little more.
  void start_event() {
    if (patience_ < most_patience) ++patience_;
  }

 private:
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
  std::vector<Cursor> starts_;       // where each begins
  std::uint32_t patience_ = most_patience;
};

}  // namespace picket
