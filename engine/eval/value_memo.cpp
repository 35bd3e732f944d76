#include "engine/eval/value_memo.hpp"

#include <algorithm>
#include <random>

#include "engine/event/words.hpp"

namespace picket {

ValueMemo::ValueMemo(std::size_t places) : entries_(places) {
  std::random_device random;
  secret_ = std::uint64_t{random()} << 32U | random();
}

ValueMemo::Entry* ValueMemo::start(std::uint32_t owner, std::string_view text, std::size_t place) {
  if (entries_.empty() || text.size() > longest_text) return nullptr;
  Entry& entry = entries_[place];
  entry.owner = owner;
  entry.length = static_cast<std::uint32_t>(text.size());
  entry.candidate_count = 0;
  entry.decided_count = 0;
  std::memcpy(entry.text.data(), text.data(), text.size());
  return &entry;
}

std::size_t ValueMemo::place_of(std::uint32_t owner, std::string_view text) const {
  constexpr std::uint64_t factor = 0x9e3779b97f4a7c15U;
  std::uint64_t hash = secret_ ^ (text.size() * factor) ^ owner;
  for (std::size_t at = 0; at < text.size(); at += 8) {
    const std::uint64_t word =
        words::first_bytes(words::load(text.data() + at), std::min<std::size_t>(8, text.size() - at));
    hash = words::mix(hash ^ word, factor ^ secret_);
  }
  return hash & (entries_.size() - 1);
}

}  // namespace picket
