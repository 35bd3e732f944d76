#include "engine/eval/value_memo.hpp"

#include <algorithm>
#include <random>

#include "engine/event/words.hpp"

namespace picket {

ValueMemo::ValueMemo(std::size_t places) : tags_(places), entries_(places) {
  std::random_device random;
  for (std::uint64_t& secret : secrets_) secret = std::uint64_t{random()} << 32U | random();
}

ValueMemo::Entry* ValueMemo::start(std::uint32_t owner, const Hash& hash) {
  tags_[place_of(hash)] = tag_of(hash);
  Entry& entry = entries_[place_of(hash)];
  entry.hash = hash;
  entry.owner = owner;
  entry.candidate_count = 0;
  entry.decided_count = 0;
  return &entry;
}

// Multiplications of secret by secret, folded (as in wyhash), in two chains that see every byte.
ValueMemo::Hash ValueMemo::hash_of(std::uint32_t owner, std::string_view text) const {
  std::uint64_t low = secrets_[0] ^ text.size();
  std::uint64_t high = secrets_[1] ^ owner;
  const auto take = [&](std::uint64_t first, std::uint64_t second) {
    low = words::mix(low ^ first, secrets_[2] ^ second);
    high = words::mix(high ^ second, secrets_[3] ^ first);
  };
  const char* at = text.data();
  std::size_t left = text.size();
  for (; left >= 16; left -= 16, at += 16) take(words::load(at), words::load(at + 8));
  if (left > 8) {
    take(words::load(at), words::first_bytes(words::load(at + 8), left - 8));
  } else if (left > 0) {
    take(words::first_bytes(words::load(at), left), 0);
  }
  const Hash hash{.low = words::mix(low ^ secrets_[1], high ^ secrets_[2]),
                  .high = words::mix(high ^ secrets_[0], low ^ secrets_[3])};
  __builtin_prefetch(&tags_[place_of(hash)]);
  __builtin_prefetch(&entries_[place_of(hash)]);
  return hash;
}

}  // namespace picket
