#include "engine/event/field_trie.hpp"

#include <algorithm>
#include <bit>
#include <map>
#include <utility>

#include "engine/event/words.hpp"

namespace picket {
namespace {

constexpr std::size_t key_padding = 8;

char lower(char byte) { return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + ('a' - 'A')) : byte; }

constexpr auto no_path = static_cast<std::size_t>(-1);

// The tree while it grows.
struct Branch {
  std::size_t path = no_path;  // that ends here
  bool exact = false;
  std::map<std::pair<std::string, bool>, Branch> children;  // by their key, and whether it is exact
};

std::string lower_key(std::string_view key) {
  std::string out(key);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

}  // namespace

bool equal_keys(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return x == y || lower(x) == lower(y); });
}

FieldTrie::FieldTrie(std::span<const FieldPathKeys> paths, const std::vector<bool>& listed)
    : nodes_of_paths_(paths.size()) {
  Branch top;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    // A path that takes only its own spelling must not share nodes with one that takes any.
    Branch* branch = &top;
    for (const std::string& key : paths[i].keys) {
      branch = &branch->children[{key, paths[i].exact}];
      branch->exact = paths[i].exact;
    }
    branch->path = i;
  }
  // All keys of the trie one behind another, before anything points to them.
  std::map<std::string_view, std::size_t> offsets;
  keys_.assign(key_padding, '\0');
  for (const FieldPathKeys& path : paths) {
    for (const std::string& key : path.keys) {
      if (offsets.emplace(key, keys_.size()).second) keys_.insert(keys_.end(), key.begin(), key.end());
    }
  }
  keys_.insert(keys_.end(), key_padding, '\0');
  const auto add = [&](const auto& self, const Branch& branch) -> FieldId {
    const auto id = static_cast<FieldId>(nodes_.size());
    nodes_.emplace_back();
    if (branch.path != no_path) nodes_of_paths_[branch.path] = id;
    // Children by their key without case.
    std::map<std::string, std::vector<Child>> groups;
    for (const auto& [spelling, child] : branch.children) {
      const std::string& key = spelling.first;
      const auto offset = static_cast<std::uint32_t>(offsets.at(key));
      const field_trie::KeyWords key_words = field_trie::words_of(std::string_view(keys_.data() + offset, key.size()));
      groups[lower_key(key)].push_back({.head = key_words.head,
                                        .tail = key_words.tail,
                                        .key = offset,
                                        .length = static_cast<std::uint32_t>(key.size()),
                                        .node = self(self, child),
                                        .asked = child.path != no_path,
                                        .listed = child.path != no_path && (listed.empty() || listed[child.path]),
                                        .has_children = !child.children.empty(),
                                        .exact = child.exact,
                                        .last = false});
    }
    nodes_[id].end = static_cast<FieldId>(nodes_.size());
    if (groups.empty()) return id;
    const std::size_t size = std::bit_ceil(groups.size() * 4);
    const std::size_t table = places_.size();
    nodes_[id].table = static_cast<std::uint32_t>(table);
    nodes_[id].mask = static_cast<std::uint32_t>(size - 1);
    nodes_[id].first_child = static_cast<std::uint32_t>(children_.size());
    places_.resize(table + size);
    for (auto& [key, group] : groups) {
      const Child& first = group.front();
      const std::uint64_t hash = field_trie::words_of(std::string_view(keys_.data() + first.key, first.length)).hash;
      std::size_t at = hash & (size - 1);
      while (places_[table + at] != 0) at = (at + 1) & (size - 1);
      const auto child = static_cast<std::uint32_t>(children_.size()) - nodes_[id].first_child;
      places_[table + at] = field_trie::tag_of(hash) << child_bits | child;
      group.back().last = true;
      children_.insert(children_.end(), group.begin(), group.end());
    }
    return id;
  };
  add(add, top);
  asks_root_ = top.path != no_path;
  lists_root_ = asks_root_ && (listed.empty() || listed[top.path]);
}

}  // namespace picket
