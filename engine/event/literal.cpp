#include "engine/event/literal.hpp"

#include <bit>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace picket {

Literal::Answer Literal::ends(std::string_view sought) const {
  if (sought.size() < length_ || !stands_at(sought, sought.size() - length_)) return Answer::no;
  return is_whole_at(sought, sought.size() - length_);
}

// Places at which the first and the last byte fit are looked at more closely, sixteen places at a time. (Mula, "SIMD-
// friendly algorithms for substring searching".)
Literal::Answer Literal::stands_in(std::string_view sought) const {
  if (length_ == 0) return Answer::yes;
  if (sought.size() < length_) return Answer::no;
  constexpr std::size_t step = 16;
  const std::size_t places = sought.size() - length_ + 1;
  const auto lower = [](char byte) { return static_cast<char>(byte | 0x20); };
  const char first = lower(text_[0]);
  const char last = lower(text_[length_ - 1]);
  for (std::size_t at = 0; at < places; at += step) {
    const char* const heads = sought.data() + at;
    const char* const tails = heads + length_ - 1;
    std::uint32_t fitting = 0;
#if defined(__SSE2__)
    const auto equal = [](const char* bytes, char byte) {
      const __m128i loaded = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes));
      return _mm_cmpeq_epi8(_mm_or_si128(loaded, _mm_set1_epi8(0x20)), _mm_set1_epi8(byte));
    };
    fitting = static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_and_si128(equal(heads, first), equal(tails, last))));
#else
    for (std::size_t i = 0; i < step; ++i) {
      if (lower(heads[i]) == first && lower(tails[i]) == last) fitting |= std::uint32_t{1} << i;
    }
#endif
    for (; fitting != 0; fitting &= fitting - 1) {
      const std::size_t place = at + static_cast<std::size_t>(std::countr_zero(fitting));
      if (place >= places || !stands_at(sought, place)) continue;
      // In the middle of an escape it is something else that stands there.
      if (const Answer whole = is_whole_at(sought, place); whole != Answer::no) return whole;
    }
  }
  return Answer::no;
}

}  // namespace picket
