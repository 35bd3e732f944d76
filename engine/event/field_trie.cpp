// Hot: find() is called for every key of every object that somebody asks about.
#include "engine/event/field_trie.hpp"

#include <algorithm>
#include <bit>
#include <map>

#include "engine/event/words.hpp"

namespace picket {
namespace {

constexpr std::size_t key_padding = 8;

char lower(char byte) { return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + ('a' - 'A')) : byte; }

// Of the length, the first and the last eight bytes, regardless of case. Keys that differ only in between share it.
inline std::uint64_t hash_of(std::string_view key) {
  constexpr std::uint64_t factor = 0x9e3779b97f4a7c15U;
  if (key.empty()) return factor;
  const std::size_t count = std::min<std::size_t>(key.size(), 8);
  const std::uint64_t head = words::first_bytes(words::load(key.data()), count);
  const std::uint64_t tail = words::load(key.data() + key.size() - 8) >> (64 - 8 * count);
  const std::uint64_t word = (head | words::case_bits) ^ std::rotl(tail | words::case_bits, 23);
  return words::mix(word + key.size(), factor);
}

std::uint32_t tag_of(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32U) | 1U; }

// The hash of a key that stands anywhere.
std::uint64_t hash_of_copy(std::string_view key) {
  std::string padded(8, '\0');
  padded.append(key).append(8, '\0');
  return hash_of(std::string_view(padded).substr(8, key.size()));
}

// REQUIRES: equal lengths, and eight readable bytes behind each.
inline bool equal_bytes(std::string_view a, std::string_view b) {
  std::size_t at = 0;
  for (; at + 8 <= a.size(); at += 8) {
    if (words::load(a.data() + at) != words::load(b.data() + at)) return false;
  }
  if (at == a.size()) return true;
  return words::first_bytes(words::load(a.data() + at) ^ words::load(b.data() + at), a.size() - at) == 0;
}

// The tree while it grows.
struct Branch {
  FieldId field = no_field;
  bool exact = false;
  std::map<std::string, Branch> children;
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

FieldTrie::FieldTrie(std::span<const FieldPathKeys> paths) : field_count_(paths.size()) {
  Branch top;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    // A path that takes only its own spelling must not share nodes with one that takes any.
    const std::string mark = paths[i].exact ? std::string(1, '\0') : std::string();
    Branch* branch = &top;
    for (const std::string& key : paths[i].keys) {
      branch = &branch->children[key + mark];
      branch->exact = paths[i].exact;
    }
    branch->field = static_cast<FieldId>(i);
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
  const auto add = [&](const auto& self, const Branch& branch) -> NodeId {
    const auto id = static_cast<NodeId>(nodes_.size());
    nodes_.push_back({.field = branch.field, .end = 0, .table = 0, .mask = 0});
    // Children by their key without case.
    std::map<std::string, std::vector<Child>> groups;
    for (const auto& [marked, child] : branch.children) {
      const std::string_view key = std::string_view(marked).substr(0, marked.size() - (child.exact ? 1 : 0));
      groups[lower_key(key)].push_back({.key = std::string_view(keys_.data() + offsets.at(key), key.size()),
                                        .node = self(self, child),
                                        .exact = child.exact,
                                        .last = false});
    }
    nodes_[id].end = static_cast<NodeId>(nodes_.size());
    if (groups.empty()) return id;
    const std::size_t size = std::bit_ceil(groups.size() * 4);
    nodes_[id].table = static_cast<std::uint32_t>(entries_.size());
    nodes_[id].mask = static_cast<std::uint32_t>(size - 1);
    entries_.resize(entries_.size() + size);
    for (auto& [key, group] : groups) {
      const std::uint64_t hash = hash_of_copy(key);
      std::size_t at = hash & (size - 1);
      while (entries_[nodes_[id].table + at].tag != 0) at = (at + 1) & (size - 1);
      entries_[nodes_[id].table + at] = {.tag = tag_of(hash), .child = static_cast<std::uint32_t>(children_.size())};
      group.back().last = true;
      children_.insert(children_.end(), group.begin(), group.end());
    }
    return id;
  };
  add(add, top);
}

const FieldTrie::Child* FieldTrie::find(NodeId parent, std::string_view key) const {
  const Node& node = nodes_[parent];
  if (node.mask == 0) return nullptr;
  const std::uint64_t hash = hash_of(key);
  const std::uint32_t tag = tag_of(hash);
  for (std::size_t at = hash & node.mask;; at = (at + 1) & node.mask) {
    const Entry& entry = entries_[node.table + at];
    if (entry.tag == 0) return nullptr;
    if (entry.tag != tag) continue;
    const Child& child = children_[entry.child];
    if (child.key.size() == key.size() && (equal_bytes(child.key, key) || equal_keys(child.key, key))) return &child;
  }
}

}  // namespace picket
