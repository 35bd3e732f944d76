#include "engine/event/key_order.hpp"

namespace picket {
namespace {

constexpr std::size_t behind = KeyOrder::passed + 1;

}  // namespace

KeyOrder::KeyOrder(const FieldTrie& trie) : sequences_(trie.size()) {
  for (FieldId node = 0; node < trie.size(); ++node) {
    if (trie.node(node).mask != 0) sequences_[node].resize(behind);
  }
}

void KeyOrder::learn(FieldId node, Cursor& cursor, std::string_view key, AskedKey asked) {
  if (key.empty() || key.size() > key_order::longest_key || patience_ < cost) return;
  std::vector<Known>& sequence = sequences_[node];
  const std::size_t at = static_cast<std::size_t>(cursor - sequence.data());
  const std::size_t count = sequence.size() - behind;
  if (count == longest_sequence && at == count) return;
  patience_ -= cost;
  const key_order::Mask& mask = key_order::masks[key.size()];
  const Known known{.head = words::load(key.data()) & mask.head,
                    .middle = words::load(key.data() + 8) & mask.middle,
                    .tail = words::load(key.data() + key.size() - 8) & mask.tail,
                    .asked = asked,
                    .length = static_cast<std::uint32_t>(key.size())};
  if (count < longest_sequence) {
    sequence.insert(sequence.begin() + static_cast<std::ptrdiff_t>(at), known);
  } else {
    sequence[at] = known;
  }
  cursor = sequence.data() + at + 1;
}

}  // namespace picket
