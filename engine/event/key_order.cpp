#include "engine/event/key_order.hpp"

#include <algorithm>
#include <bit>

namespace picket {
namespace {

constexpr std::size_t behind = KeyOrder::passed + 1;

}  // namespace

KeyOrder::KeyOrder(const FieldTrie& trie) : sequences_(trie.size()) {
  for (FieldId node = 0; node < trie.size(); ++node) {
    if (trie.node(node).mask != 0) sequences_[node].keys.resize(behind);
  }
}

KeyOrder::Cursor KeyOrder::find(FieldId node, std::string_view key, std::uint64_t hash) const {
  const Sequence& sequence = sequences_[node];
  if (sequence.places.empty() || key.size() > key_order::longest_key) return nullptr;
  const std::size_t mask = sequence.places.size() - 1;
  for (std::size_t at = hash & mask; sequence.places[at] != 0; at = (at + 1) & mask) {
    const Known& known = sequence.keys[sequence.places[at] - 1U];
    if (known.is_at(key.data(), static_cast<std::uint32_t>(key.size()))) return &known;
  }
  return nullptr;
}

void KeyOrder::learn(FieldId node, Cursor& cursor, std::string_view key, AskedKey asked) {
  Sequence& sequence = sequences_[node];
  const std::size_t count = sequence.keys.size() - behind;
  if (key.empty() || key.size() > key_order::longest_key || count == longest_sequence || patience_ < cost) return;
  patience_ -= cost;
  const key_order::Mask& mask = key_order::masks[key.size()];
  const Known known{.head = words::load(key.data()) & mask.head,
                    .middle = words::load(key.data() + 8) & mask.middle,
                    .tail = words::load(key.data() + key.size() - 8) & mask.tail,
                    .asked = asked,
                    .length = static_cast<std::uint32_t>(key.size())};
  const auto at = cursor - sequence.keys.data();
  sequence.keys.insert(sequence.keys.begin() + at, known);
  sequence.hashes.insert(sequence.hashes.begin() + at, static_cast<std::uint32_t>(field_trie::words_of(key).hash));
  file(sequence);
  cursor = sequence.keys.data() + at + 1;
}

void KeyOrder::file(Sequence& sequence) {
  const std::size_t count = sequence.keys.size() - behind;
  sequence.places.assign(std::bit_ceil(2 * count), 0);
  const std::size_t mask = sequence.places.size() - 1;
  for (std::size_t i = 0; i < count; ++i) {
    std::size_t at = sequence.hashes[i] & mask;
    while (sequence.places[at] != 0) at = (at + 1) & mask;
    sequence.places[at] = static_cast<std::uint16_t>(i + 1);
  }
}

}  // namespace picket
