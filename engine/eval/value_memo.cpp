#include "engine/eval/value_memo.hpp"

#include <algorithm>
#include <random>

#include "engine/event/words.hpp"

namespace picket {

ValueMemo::ValueMemo(std::size_t places) : tags_(places), entries_(places) {
  std::random_device random;
  secret_ = std::uint64_t{random()} << 32U | random();
}

ValueMemo::Entry* ValueMemo::start(std::uint32_t owner, std::string_view text, std::uint64_t hash) {
  tags_[place_of(hash)] = tag_of(hash);
  Entry& entry = entries_[place_of(hash)];
  entry.owner = owner;
  entry.length = static_cast<std::uint32_t>(text.size());
  entry.candidate_count = 0;
  entry.decided_count = 0;
  std::memcpy(entry.text.data(), text.data(), text.size());
  return &entry;
}

std::uint64_t ValueMemo::hash_of(std::uint32_t owner, std::string_view text) const {
  constexpr std::uint64_t factor = 0x9e3779b97f4a7c15U;
  std::uint64_t even = secret_ ^ (text.size() * factor);
  std::uint64_t odd = secret_ + owner;
  const char* at = text.data();
  std::size_t left = text.size();
  // Two chains, because a multiplication has to wait for the one before it.
  for (; left >= 16; left -= 16, at += 16) {
    even = words::mix(even ^ words::load(at), factor);
    odd = words::mix(odd ^ words::load(at + 8), factor);
  }
  for (; left > 0; at += 8) {
    const std::size_t count = std::min<std::size_t>(8, left);
    even = words::mix(even ^ words::first_bytes(words::load(at), count), factor);
    left -= count;
  }
  const std::uint64_t hash = words::mix(even ^ secret_, odd ^ factor);
  __builtin_prefetch(&tags_[place_of(hash)]);
  __builtin_prefetch(&entries_[place_of(hash)]);
  __builtin_prefetch(&entries_[place_of(hash)].candidates);
  return hash;
}

}  // namespace picket
