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

  struct Node {
    FieldId field = no_field;
    NodeId end = 0;  // the nodes below stand behind this one, up to here
    std::uint32_t table = 0;
    std::uint32_t mask = 0;  // of the table's size, a power of two; 0 for a node without children
  };
  // A child; those equal up to case stand one behind another.
  struct Child {
    std::string_view key;  // of the trie's own bytes, some of which may be read before and behind it
    NodeId node = no_node;
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

  // The first of the children whose key is `key` up to ASCII case, or null. REQUIRES: eight readable bytes before the
  // key's end and behind its beginning.
  [[nodiscard]] const Child* find(NodeId parent, std::string_view key) const;

 private:
  struct Entry {
    std::uint32_t tag = 0;  // of the hash; 0: free
    std::uint32_t child = 0;
  };

  std::vector<Node> nodes_;
  std::vector<Entry> entries_;  // the hash tables of all nodes, one behind another
  std::vector<Child> children_;
  std::vector<char> keys_;
  std::size_t field_count_ = 0;
};

// Whether two keys are equal up to ASCII case.
[[nodiscard]] bool equal_keys(std::string_view a, std::string_view b);

}  // namespace picket
