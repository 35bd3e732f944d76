#include "engine/plan/literal_index.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace picket {

void LiteralIndex::add(std::uint64_t hash, std::uint32_t literal, std::string_view text, std::size_t offset) {
  constexpr std::size_t hashed = 4;  // bytes, at the least, where a literal is longer
  constexpr std::size_t furthest = (std::size_t{1} << 14U) - 1;
  Entry entry;
  entry.tag = static_cast<std::uint32_t>(hash);
  entry.literal = literal;
  entry.offset = static_cast<std::uint16_t>(offset);
  // The end or the beginning, whichever is farther from what is hashed.
  const std::size_t behind = text.size() - std::min(text.size(), offset + hashed);
  if (const std::size_t most = std::max(behind, offset); most >= 2) {
    const std::size_t count = most >= 4 ? 4 : 2;
    const std::size_t at = behind >= offset ? std::min(text.size() - count, furthest) : 0;
    entry.kept = count == 4 ? 2 : 1;
    entry.look_at = static_cast<std::uint16_t>(at) & furthest;
    entry.look = words::load_half(text.data() + at) | static_cast<std::uint32_t>(words::case_bits);
  }
  entries_.push_back(entry);
  hashes_.push_back(hash);
}

void LiteralIndex::finish() {
  const std::vector<Entry> filed = std::exchange(entries_, std::vector<Entry>(std::bit_ceil(hashes_.size() * 2 + 1)));
  mask_ = entries_.size() - 1;
  for (std::size_t i = 0; i < filed.size(); ++i) {
    std::size_t at = place_of(hashes_[i]);
    while (entries_[at].literal != none) at = (at + 1) & mask_;
    entries_[at] = filed[i];
  }
  hashes_ = {};
}

}  // namespace picket
