#include "engine/event/key_order.hpp"

#include <algorithm>
#include <bit>

namespace picket {
namespace {

constexpr std::size_t behind = KeyOrder::passed + 1;

// Places of a hash table for each key in it: so many that a key that is not known meets a free one at once, as the
// processor then guesses.
constexpr std::size_t thinness = 8;

}  // namespace

KeyOrder::KeyOrder(const FieldTrie& trie) : sequences_(trie.size()), starts_(trie.size()) {
  for (FieldId node = 0; node < trie.size(); ++node) {
    if (trie.node(node).mask != 0) sequences_[node].keys.resize(behind);
    starts_[node] = sequences_[node].keys.data();
  }
}

KeyOrder::Cursor KeyOrder::find(FieldId node, std::string_view key, std::uint64_t hash) const {
  const Sequence& sequence = sequences_[node];
  if (sequence.places.empty() || key.size() > key_order::longest_key) return nullptr;
  const std::size_t mask = sequence.places.size() - 1;
  for (std::size_t at = hash & mask; sequence.places[at] != 0; at = (at + 1) & mask) {
    const Known& known = sequence.keys[sequence.places[at] - 1U];
    if (known.is_at(key.data() - 1)) return &known;
  }
  return nullptr;
}

void KeyOrder::learn(FieldId node, Cursor& cursor, std::string_view key, AskedKey asked) {
  Sequence& sequence = sequences_[node];
  const std::size_t count = sequence.keys.size() - behind;
  const char* const begin = key.data() - 1;
  const bool is_compact = begin[key.size() + 2] == ':';
  if (!is_compact || key.size() > key_order::longest_key || count == longest_sequence || patience_ < cost) return;
  patience_ -= cost;
  const std::size_t size = key.size() + 3;
  Known known;
  known.asked = asked;
  known.count = static_cast<std::uint16_t>(std::min(size, sizeof(key_order::Pair)));
  known.tail_at = static_cast<std::uint16_t>(size - known.count);
  const key_order::Pair firsts = key_order::load(key_order::firsts[known.count].data());
  known.head = key_order::load(begin) & firsts;
  known.tail = key_order::load(begin + known.tail_at) & firsts;
  const auto at = cursor - sequence.keys.data();
  sequence.keys.insert(sequence.keys.begin() + at, known);
  sequence.hashes.insert(sequence.hashes.begin() + at, static_cast<std::uint32_t>(field_trie::words_of(key).hash));
  file(sequence);
  starts_[node] = sequence.keys.data();
  cursor = starts_[node] + at + 1;
}

void KeyOrder::file(Sequence& sequence) {
  const std::size_t count = sequence.keys.size() - behind;
  sequence.places.assign(std::bit_ceil(thinness * count), 0);
  const std::size_t mask = sequence.places.size() - 1;
  for (std::size_t i = 0; i < count; ++i) {
    std::size_t at = sequence.hashes[i] & mask;
    while (sequence.places[at] != 0) at = (at + 1) & mask;
    sequence.places[at] = static_cast<std::uint16_t>(i + 1);
  }
}

}  // namespace picket
