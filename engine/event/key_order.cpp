#include "engine/event/key_order.hpp"

namespace picket {

void KeyOrder::learn(FieldId node, Cursor& cursor, std::string_view key, const AskedKey& asked) {
  if (key.empty() || key.size() > longest_key || patience_ < cost) return;
  patience_ -= cost;
  const std::size_t count = key.size() < 8 ? key.size() : 8;
  const auto shift = static_cast<std::uint8_t>(64 - 8 * count);
  const Known known{.head = words::load(key.data()) << shift,
                    .middle = key.size() > 16 ? words::load(key.data() + 8) : 0,
                    .tail = words::load(key.data() + key.size() - 8) >> shift,
                    .asked = asked,
                    .length = static_cast<std::uint8_t>(key.size()),
                    .shift = shift};
  std::vector<Known>& sequence = sequences_[node];
  const auto at = static_cast<std::size_t>(cursor.at_ - sequence.data());
  if (sequence.size() < longest_sequence) {
    sequence.insert(sequence.begin() + static_cast<std::ptrdiff_t>(at), known);
  } else if (at < sequence.size()) {
    sequence[at] = known;
  } else {
    return;
  }
  cursor = Cursor(sequence);
  cursor.at_ += at + 1;
}

}  // namespace picket
