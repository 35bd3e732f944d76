#include "engine/plan/grams.hpp"

#include <algorithm>
#include <bit>

namespace picket {

void Grams::add(std::uint32_t literal, std::string_view text, std::size_t offset) {
  for (std::size_t at = offset; at < offset + stride_; ++at) {
    hashes_.push_back(hash(text.data() + at, kept_of(length_)));
    literals_.add(hashes_.back(), literal, text, at);
  }
}

// Some 32 bits for each gram keep false hits well below 1 %; up to 64 KiB stays in the nearer caches.
void Grams::finish() {
  constexpr std::size_t least_words = 16;
  constexpr std::size_t most_words = std::size_t{8} * 1024;
  filter_.assign(std::clamp(std::bit_ceil(hashes_.size() / 2), least_words, most_words), 0);
  for (const std::uint64_t gram : hashes_) filter_[gram >> 32U & (filter_.size() - 1)] |= bits_of(gram);
  hashes_ = {};
  literals_.finish();
}

}  // namespace picket
