#include "engine/event/line_end.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <iterator>

#include "engine/event/escapes.hpp"
#include "engine/event/words.hpp"

#if defined(__SSE2__)
#include <immintrin.h>
#endif

namespace picket {
namespace {

// Of 64 bytes, a bit each.
struct Marks {
  std::uint64_t line_ends = 0;
  std::uint64_t backslashes = 0;
  std::uint64_t others = 0;  // beyond ASCII
};

// Who finds them: a kernel for each kind of processor.
#if defined(__SSE2__)
#define PICKET_FOR_AVX2 [[gnu::target("avx2,bmi")]]

struct Sse2 {
  static std::uint64_t bits(__m128i chunk) {
    return static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm_movemask_epi8(chunk)));
  }
  static Marks marks_of(const char* bytes) {
    const auto load = [bytes](std::size_t at) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + at)); };
    const __m128i chunks[] = {load(0), load(16), load(32), load(48)};
    const __m128i line_end = _mm_set1_epi8('\n');
    const __m128i backslash = _mm_set1_epi8('\\');
    __m128i any = _mm_setzero_si128();
    for (const __m128i chunk : chunks) {
      const __m128i either = _mm_or_si128(_mm_cmpeq_epi8(chunk, line_end), _mm_cmpeq_epi8(chunk, backslash));
      any = _mm_or_si128(any, _mm_or_si128(either, chunk));
    }
    if (bits(any) == 0) return {};  // the rule
    Marks marks;
    for (std::size_t i = 0; i < std::size(chunks); ++i) {
      marks.line_ends |= bits(_mm_cmpeq_epi8(chunks[i], line_end)) << (16 * i);
      marks.backslashes |= bits(_mm_cmpeq_epi8(chunks[i], backslash)) << (16 * i);
      marks.others |= bits(chunks[i]) << (16 * i);
    }
    return marks;
  }
};

struct Avx2 {
  PICKET_FOR_AVX2 static std::uint64_t bits(__m256i low, __m256i high) {
    return static_cast<std::uint32_t>(_mm256_movemask_epi8(low)) |
           static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm256_movemask_epi8(high))) << 32U;
  }
  PICKET_FOR_AVX2 static Marks marks_of(const char* bytes) {
    const __m256i low = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes));
    const __m256i high = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes + 32));
    const __m256i line_end = _mm256_set1_epi8('\n');
    const __m256i backslash = _mm256_set1_epi8('\\');
    return {.line_ends = bits(_mm256_cmpeq_epi8(low, line_end), _mm256_cmpeq_epi8(high, line_end)),
            .backslashes = bits(_mm256_cmpeq_epi8(low, backslash), _mm256_cmpeq_epi8(high, backslash)),
            .others = bits(low, high)};
  }
};

#define PICKET_FOR_AVX512 [[gnu::target("avx512f,avx512bw,bmi")]]

struct Avx512 {
  PICKET_FOR_AVX512 static Marks marks_of(const char* bytes) {
    const __m512i chunk = _mm512_loadu_si512(bytes);
    return {.line_ends = _mm512_cmpeq_epi8_mask(chunk, _mm512_set1_epi8('\n')),
            .backslashes = _mm512_cmpeq_epi8_mask(chunk, _mm512_set1_epi8('\\')),
            .others = _mm512_movepi8_mask(chunk)};
  }
};
#else
struct Portable {
  static Marks marks_of(const char* bytes) {
    Marks marks;
    for (std::size_t i = 8; i-- > 0;) {
      const std::uint64_t word = words::load(bytes + 8 * i);
      // Unlike words::bytes_equal exact in every byte; the high bits are then gathered by a multiplication.
      const auto gathered = [](std::uint64_t high_bits) { return ((high_bits >> 7U) * 0x0102040810204080U) >> 56U; };
      const auto equal = [word](char byte) {
        const std::uint64_t difference = word ^ (words::ones * static_cast<unsigned char>(byte));
        return ~(((difference & ~words::highs) + ~words::highs) | difference | ~words::highs);
      };
      marks.line_ends = marks.line_ends << 8U | gathered(equal('\n'));
      marks.backslashes = marks.backslashes << 8U | gathered(equal('\\'));
      marks.others = marks.others << 8U | gathered(word & words::highs);
    }
    return marks;
  }
};
#endif

// Which characters are escaped, by a backslash that is not escaped itself: of 64 characters, a bit each. `carried` says
// whether the first one is, and is set for the next 64. (Langdale and Lemire, "Parsing gigabytes of JSON per second",
// section 3.1.1.)
std::uint64_t escaped_of(std::uint64_t backslashes, std::uint64_t& carried) {
  constexpr std::uint64_t even = 0x5555555555555555U;
  backslashes &= ~carried;
  const std::uint64_t follows = backslashes << 1U | carried;
  const std::uint64_t odd_starts = backslashes & ~even & ~follows;
  std::uint64_t even_sequences = 0;
  carried = __builtin_add_overflow(odd_starts, backslashes, &even_sequences) ? 1 : 0;
  return (even ^ (even_sequences << 1U)) & follows;
}

// An escape that stands in one certain way: nobody writes it otherwise.
bool is_canonical_escape(char escaped) { return escaped != 'u' && escaped != '/'; }

// An escape whose character stands among 64 bytes may begin before them and end behind them.
constexpr std::size_t odd_reach = 64 + 8;

template <typename Kernel>
[[gnu::always_inline]] inline LineEnd line_end_by(std::string_view text, std::size_t from) {
  LineEnd line;
  line.at = text.size();
  std::uint64_t carried = 0;
  std::size_t low_half = std::string_view::npos;  // where the second of a pair has to be escaped
  for (std::size_t at = from; at < text.size(); at += 64) {
    const Marks marks = Kernel::marks_of(text.data() + at);
    std::uint64_t before_end = ~std::uint64_t{0};
    if (marks.line_ends != 0) {
      const int first = std::countr_zero(marks.line_ends);
      line.at = std::min(text.size(), at + static_cast<std::size_t>(first));
      before_end = (std::uint64_t{1} << first) - 1;
    }
    const auto note_odd = [&line, at] {
      line.odd_begin = std::min(line.odd_begin, at - std::min<std::size_t>(at, 1));
      line.odd_end = at + odd_reach;
    };
    if ((marks.others & before_end) != 0) note_odd();
    if ((marks.backslashes & before_end) != 0 || carried != 0) {
      line.has_escapes = true;
      const std::uint64_t escaped = escaped_of(marks.backslashes, carried) & before_end;
      // A backslash behind a backslash, most of them by far, needs no look.
      for (std::uint64_t left = escaped & ~marks.backslashes; left != 0; left &= left - 1) {
        const std::size_t place = at + static_cast<std::size_t>(std::countr_zero(left));
        const char* const one = text.data() + place;
        if (!is_valid_escape(one, place == low_half)) line.escapes_are_valid = false;
        if (is_canonical_escape(*one)) continue;
        note_odd();
        if (is_high_surrogate(one)) low_half = place + 6;
      }
    }
    if (marks.line_ends != 0) break;
  }
  return line;
}

using LineEndFinder = LineEnd (*)(std::string_view, std::size_t);

#if defined(__SSE2__)
LineEnd line_end_by_sse2(std::string_view text, std::size_t from) { return line_end_by<Sse2>(text, from); }
PICKET_FOR_AVX2 LineEnd line_end_by_avx2(std::string_view text, std::size_t from) {
  return line_end_by<Avx2>(text, from);
}
PICKET_FOR_AVX512 LineEnd line_end_by_avx512(std::string_view text, std::size_t from) {
  return line_end_by<Avx512>(text, from);
}
LineEndFinder fastest_line_end_finder() {
  if (__builtin_cpu_supports("avx512bw") != 0 && __builtin_cpu_supports("bmi") != 0) return line_end_by_avx512;
  const bool avx2 = __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("bmi") != 0;
  return avx2 ? line_end_by_avx2 : line_end_by_sse2;
}
#else
LineEnd line_end_portably(std::string_view text, std::size_t from) { return line_end_by<Portable>(text, from); }
LineEndFinder fastest_line_end_finder() { return line_end_portably; }
#endif

}  // namespace

LineEnd find_line_end(std::string_view text, std::size_t from) {
  static const auto find = fastest_line_end_finder();
  return find(text, from);
}

LineEnd find_text_end(std::string_view text) {
  LineEnd whole;
  for (std::size_t at = 0; at < text.size();) {
    const LineEnd line = find_line_end(text, at);
    whole.has_escapes |= line.has_escapes;
    whole.escapes_are_valid &= line.escapes_are_valid;
    whole.odd_begin = std::min(whole.odd_begin, line.odd_begin);
    whole.odd_end = std::max(whole.odd_end, line.odd_end);
    at = line.at + 1;
  }
  whole.at = text.size();
  return whole;
}

}  // namespace picket
