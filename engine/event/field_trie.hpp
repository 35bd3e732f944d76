// FieldTrie: the paths of keys that somebody asks of events, as one tree that a reader walks along with the event.
//
// A key of an event stands for the key of that spelling, else for the first one equal up to ASCII case (as
// Object::find), so the keys below a node are found by a hash that ignores case, spelling by spelling afterwards.
// Immutable once built; safe to share between threads.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/event/words.hpp"

namespace picket {

// A node of a FieldTrie: a path that is asked for, or that leads to one.
using FieldId = std::uint32_t;
constexpr FieldId no_field = static_cast<FieldId>(-1);

// A path that is asked for: keys from the event downwards; none for the event itself. `exact` takes only the very
// spelling.
struct FieldPathKeys {
  std::vector<std::string> keys;
  bool exact = false;
  friend auto operator<=>(const FieldPathKeys&, const FieldPathKeys&) = default;
};

namespace field_trie {

// What a key is compared and sought by: its first and its last eight bytes, with zeros for what is not there, and a
// hash regardless of case. Keys of more than 16 bytes that differ only in between share all of it.
struct KeyWords {
  std::uint64_t head = 0;
  std::uint64_t tail = 0;
  std::uint64_t hash = 0;
};

// REQUIRES: eight readable bytes before the key's end and behind its beginning.
inline KeyWords words_of(std::string_view key) {
  constexpr std::uint64_t factor = 0x9e3779b97f4a7c15U;
  KeyWords of;
  if (!key.empty()) {
    const std::size_t count = std::min<std::size_t>(key.size(), 8);
    of.head = words::first_bytes(words::load(key.data()), count);
    of.tail = words::load(key.data() + key.size() - 8) >> (64 - 8 * count);
  }
  const std::uint64_t word = (of.head | words::case_bits) ^ std::rotl(of.tail | words::case_bits, 23);
  of.hash = words::mix(word + key.size(), factor);
  return of;
}

inline std::uint32_t tag_of(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 52U) | 1U; }

}  // namespace field_trie

class FieldTrie {
 public:
  static constexpr FieldId root = 0;

  // Which nodes stand below one, and how they are found.
  struct Node {
    FieldId end = 0;          // the nodes below stand behind this one, up to here
    std::uint32_t table = 0;  // where its hash table begins
    std::uint32_t mask = 0;   // of the table's size, a power of two; 0 for a node without children
    std::uint32_t first_child = 0;
  };
  // A key below a node. Those equal up to case stand one behind another. Holds all that a reader needs of a plain
  // value, in half a line of memory.
  struct Child {
    std::uint64_t head = 0;  // the first and the last eight bytes of the key
    std::uint64_t tail = 0;
    std::uint32_t key = 0;  // where the key stands in the trie's bytes
    std::uint32_t length = 0;
    FieldId node = no_field;
    bool asked : 1 = false;   // the path itself, not only one that goes on from here
    bool listed : 1 = false;  // … and whoever reads it is to say that it was there
    bool has_children : 1 = false;
    bool exact : 1 = false;
    bool last : 1 = true;  // of those equal up to case
  };
  static_assert(sizeof(Child) == 32);

  // `listed`: those of the paths that EventFields::present() is to list; empty for all. REQUIRES: no two equal paths.
  explicit FieldTrie(std::span<const FieldPathKeys> paths, const std::vector<bool>& listed = {});
  FieldTrie(const FieldTrie&) = delete;
  FieldTrie& operator=(const FieldTrie&) = delete;

  [[nodiscard]] const Node& node(FieldId id) const { return nodes_[id]; }
  [[nodiscard]] std::size_t size() const { return nodes_.size(); }
  // The nodes of the paths that the trie was built from, in their order.
  [[nodiscard]] std::span<const FieldId> nodes_of_paths() const { return nodes_of_paths_; }

  // The event itself: whether it is asked for, and whether EventFields::present() is to list it.
  [[nodiscard]] bool asks_root() const { return asks_root_; }
  [[nodiscard]] bool lists_root() const { return lists_root_; }

  // The first of the children whose key is `key` up to ASCII case, or null. `exact`: whether it is spelt so. REQUIRES:
  // the parent has children; eight readable bytes before the key's end and behind its beginning.
  [[nodiscard]] const Child* find(FieldId parent, std::string_view key, bool& exact) const {
    return find(parent, key, field_trie::words_of(key), exact);
  }
  [[nodiscard]] const Child* find(FieldId parent, std::string_view key, const field_trie::KeyWords& key_words,
                                  bool& exact) const;
  // Whether the child's key is spelt so. REQUIRES: it is `key` up to case.
  [[nodiscard]] bool is_spelt(const Child& child, std::string_view key) const {
    return std::string_view(keys_.data() + child.key, child.length) == key;
  }

 private:
  static constexpr std::uint32_t child_bits = 20;

  std::vector<Node> nodes_;
  std::vector<std::uint32_t> places_;  // the hash tables of all nodes, one behind another: a tag of the hash, never 0,
                                       // and which of the node's children it is; 0 for a free place
  std::vector<Child> children_;
  bool asks_root_ = false;
  bool lists_root_ = false;
  std::vector<char> keys_;  // with some bytes before and behind them
  std::vector<FieldId> nodes_of_paths_;
};

// Whether two keys are equal up to ASCII case.
[[nodiscard]] bool equal_keys(std::string_view a, std::string_view b);

// Hot: called for every key of every object that somebody asks about.
inline const FieldTrie::Child* FieldTrie::find(FieldId parent, std::string_view key,
                                               const field_trie::KeyWords& key_words, bool& exact) const {
  const Node& node = nodes_[parent];
  const std::uint32_t tag = field_trie::tag_of(key_words.hash);
  for (std::size_t at = key_words.hash & node.mask;; at = (at + 1) & node.mask) {
    const std::uint32_t place = places_[node.table + at];
    if (place == 0) return nullptr;
    if (place >> child_bits != tag) continue;
    const Child& child = children_[node.first_child + (place & ((std::uint32_t{1} << child_bits) - 1))];
    if (child.length != key.size()) continue;
    exact = child.head == key_words.head && child.tail == key_words.tail && (key.size() <= 16 || is_spelt(child, key));
    if (exact || equal_keys(std::string_view(keys_.data() + child.key, child.length), key)) return &child;
  }
}

}  // namespace picket
