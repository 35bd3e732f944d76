// FieldTrie: the paths of keys that somebody asks of events, as one tree that a reader walks along with the event.
//
// A key of an event stands for the key of that spelling, else for the first one equal up to ASCII case (as
// Object::find), so the keys below a node are found by a hash that ignores case, spelling by spelling afterwards.
// Immutable once built; safe to share between threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace picket {

// An index into the paths that a FieldTrie was built from.
using FieldId = std::uint32_t;
constexpr FieldId no_field = static_cast<FieldId>(-1);

// A path that is asked for: keys from the event downwards, at least one. `exact` takes only the very spelling.
struct FieldPathKeys {
  std::vector<std::string> keys;
  bool exact = false;
  friend auto operator<=>(const FieldPathKeys&, const FieldPathKeys&) = default;
};

class FieldTrie {
 public:
  using NodeId = std::uint32_t;
  static constexpr NodeId root = 0;
  static constexpr NodeId no_node = static_cast<NodeId>(-1);

  // Which nodes stand below one, and how they are found.
  struct Node {
    FieldId field = no_field;
    NodeId end = 0;           // the nodes below stand behind this one, up to here
    std::uint32_t table = 0;  // where its hash table begins
    std::uint32_t mask = 0;   // of the table's size, a power of two; 0 for a node without children
  };
  // A key below a node. Those equal up to case stand one behind another. Holds all that a reader needs of a plain
  // value, so that it touches one line of memory.
  struct Child {
    std::uint64_t head = 0;  // the first and the last eight bytes of the key
    std::uint64_t tail = 0;
    std::uint32_t length = 0;
    std::uint32_t key = 0;  // where the key stands in the trie's bytes
    NodeId node = no_node;
    FieldId field = no_field;
    bool has_children = false;
    bool exact = false;
    bool last = true;  // of those equal up to case
  };

  // REQUIRES: no two equal paths.
  explicit FieldTrie(std::span<const FieldPathKeys> paths);
  FieldTrie(const FieldTrie&) = delete;
  FieldTrie& operator=(const FieldTrie&) = delete;

  [[nodiscard]] const Node& node(NodeId id) const { return nodes_[id]; }
  [[nodiscard]] std::size_t node_count() const { return nodes_.size(); }
  [[nodiscard]] std::size_t field_count() const { return field_count_; }

  // The first of the children whose key is `key` up to ASCII case, or null. `exact`: whether it is spelt so. REQUIRES:
  // the parent has children; eight readable bytes before the key's end and behind its beginning.
  [[nodiscard]] const Child* find(NodeId parent, std::string_view key, bool& exact) const;
  // Whether the child's key is spelt so. REQUIRES: it is `key` up to case.
  [[nodiscard]] bool is_spelt(const Child& child, std::string_view key) const {
    return std::string_view(keys_.data() + child.key, child.length) == key;
  }

 private:
  std::vector<Node> nodes_;
  // The hash tables of all nodes, one behind another: tags of hashes, 0 for a free place, and in the same places the
  // children.
  std::vector<std::uint16_t> tags_;
  std::vector<std::uint32_t> places_;
  std::vector<Child> children_;
  std::vector<char> keys_;  // with some bytes before and behind them
  std::size_t field_count_ = 0;
};

// Whether two keys are equal up to ASCII case.
[[nodiscard]] bool equal_keys(std::string_view a, std::string_view b);

}  // namespace picket
