// What bytes are that structure is made of, told 64 at a time by the instructions that a processor has. Internal to
// StructuralIndex. A kernel is
//
//   Marks marks_of(bytes), RareMarks rare_marks_of(bytes)   of 64 readable bytes
//   std::uint64_t string_parities(quotes)                   each bit is the parity of those up to it
//   std::uint32_t* append(bits, base, out)                  writes the places of set bits, ascending, each `base` more;
//                                                           it may write up to 64 in all
//
// Hot: every byte of every event comes by here.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <iterator>

#include "engine/event/words.hpp"

#if defined(__aarch64__)
#include <arm_neon.h>
#elif defined(__SSE2__)
#include <immintrin.h>
#endif

namespace picket::byte_marks {

constexpr std::size_t block = 64;  // bytes looked at together

// What 64 bytes are, a bit each, the first byte's the lowest: what all texts are full of …
struct Marks {
  std::uint64_t quotes = 0;
  std::uint64_t operators = 0;  // {}[],: and perhaps control characters that are no blanks, which no text may hold
  std::uint64_t blanks = 0;     // of RFC 8259: space, tab, line feed, carriage return
  std::uint64_t backslashes = 0;
  bool has_rare = false;  // some byte is what follows
};
// … and what most of their parts have nothing of.
struct RareMarks {
  std::uint64_t controls = 0;  // below the space
  std::uint64_t line_ends = 0;
  std::uint64_t others = 0;  // beyond ASCII
};

// Writes the places of set bits, ascending, each `base` more, and returns the end.
inline std::uint32_t* append_places(std::uint64_t bits, std::uint32_t base, std::uint32_t* out) {
  for (; bits != 0; bits &= bits - 1) *out++ = base + static_cast<std::uint32_t>(std::countr_zero(bits));
  return out;
}

// Each bit is the parity of those up to it: of quotes, whether a string is open.
inline std::uint64_t parities(std::uint64_t bits) {
  for (unsigned step = 1; step < 64; step *= 2) bits ^= bits << step;
  return bits;
}

// Looks for one character after the other, as many bytes a step as a Unit takes.
template <typename Unit>
struct ByComparing {
  using Chunk = typename Unit::Chunk;

  template <typename Find>
  static std::uint64_t found(const char* bytes, const Find& find) {
    Chunk chunks[block / sizeof(Chunk)];
    for (std::size_t i = 0; i < std::size(chunks); ++i) chunks[i] = find(Unit::load(bytes + i * sizeof(Chunk)));
    return Unit::bits(chunks);
  }
  static std::uint64_t found(const char* bytes, char byte) {
    return found(bytes, [byte](Chunk chunk) { return Unit::equal(chunk, byte); });
  }

  static Marks marks_of(const char* bytes) {
    const auto are_operators = [](Chunk chunk) {
      const Chunk curled = chunk | Unit::all('\x20');  // square brackets are curly ones without this bit
      return Unit::equal(curled, '{') | Unit::equal(curled, '}') | Unit::equal(chunk, ':') | Unit::equal(chunk, ',');
    };
    const auto are_blanks = [](Chunk chunk) {
      return Unit::equal(chunk, ' ') | Unit::equal(chunk, '\t') | Unit::equal(chunk, '\n') | Unit::equal(chunk, '\r');
    };
    const auto are_rare = [](Chunk chunk) { return Unit::controls(chunk) | Unit::others(chunk); };
    return {.quotes = found(bytes, '"'),
            .operators = found(bytes, are_operators),
            .blanks = found(bytes, are_blanks),
            .backslashes = found(bytes, '\\'),
            .has_rare = found(bytes, are_rare) != 0};
  }
  static RareMarks rare_marks_of(const char* bytes) {
    return {.controls = found(bytes, Unit::controls),
            .line_ends = found(bytes, '\n'),
            .others = found(bytes, Unit::others)};
  }
  static std::uint64_t string_parities(std::uint64_t quotes) { return parities(quotes); }
  static std::uint32_t* append(std::uint64_t bits, std::uint32_t base, std::uint32_t* out) {
    return append_places(bits, base, out);
  }
};

// Eight bytes at a time, whatever the processor. What is found is the high bit of a byte.
struct EightBytes {
  using Chunk = std::uint64_t;
  static Chunk load(const char* bytes) { return words::load(bytes); }
  static Chunk all(char byte) { return words::ones * static_cast<unsigned char>(byte); }
  static Chunk equal(Chunk chunk, char byte) {  // exact, unlike words::bytes_equal
    const Chunk difference = chunk ^ all(byte);
    return ~(((difference & ~words::highs) + ~words::highs) | difference | ~words::highs);
  }
  static Chunk controls(Chunk chunk) {
    const Chunk from_space = (chunk & ~words::highs) + words::ones * (128 - ' ');
    return ~(from_space | chunk) & words::highs;
  }
  static Chunk others(Chunk chunk) { return chunk & words::highs; }
  static std::uint64_t bits(const Chunk (&found)[8]) {
    std::uint64_t bits = 0;
    // A multiplication gathers eight high bits.
    for (std::size_t i = 8; i-- > 0;) bits = bits << 8U | ((found[i] >> 7U) * 0x0102040810204080U) >> 56U;
    return bits;
  }
};
using Portable = ByComparing<EightBytes>;

#if defined(__aarch64__)

// What every 64-bit ARM has. What is found is all of a byte.
struct NeonBytes {
  using Chunk = uint8x16_t;
  static Chunk load(const char* bytes) { return vld1q_u8(reinterpret_cast<const std::uint8_t*>(bytes)); }
  static Chunk all(char byte) { return vdupq_n_u8(static_cast<std::uint8_t>(byte)); }
  static Chunk equal(Chunk chunk, char byte) { return vceqq_u8(chunk, all(byte)); }
  static Chunk controls(Chunk chunk) { return vcltq_u8(chunk, all(' ')); }
  static Chunk others(Chunk chunk) { return vcgeq_u8(chunk, all('\x80')); }
  static std::uint64_t bits(const Chunk (&found)[4]) {
    // Of each byte one bit, which sums then bring together, eight a byte.
    const Chunk weights = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    const Chunk low = vpaddq_u8(found[0] & weights, found[1] & weights);
    const Chunk high = vpaddq_u8(found[2] & weights, found[3] & weights);
    const Chunk both = vpaddq_u8(low, high);
    return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(both, both)), 0);
  }
};
using Neon = ByComparing<NeonBytes>;

#elif defined(__SSE2__)

// What every x86-64 has. What is found is the high bit of a byte.
struct Sse2Bytes {
  using Chunk = __m128i;
  static Chunk load(const char* bytes) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes)); }
  static Chunk all(char byte) { return _mm_set1_epi8(byte); }
  static Chunk equal(Chunk chunk, char byte) { return _mm_cmpeq_epi8(chunk, all(byte)); }
  static Chunk controls(Chunk chunk) { return _mm_cmpeq_epi8(_mm_min_epu8(chunk, all('\x1F')), chunk); }
  static Chunk others(Chunk chunk) { return chunk; }
  static std::uint64_t bits(const Chunk (&found)[4]) {
    std::uint64_t bits = 0;
    for (std::size_t i = 4; i-- > 0;) bits = bits << 16U | static_cast<std::uint32_t>(_mm_movemask_epi8(found[i]));
    return bits;
  }
};
using Sse2 = ByComparing<Sse2Bytes>;

// By a byte's low half: what it is an operator or a blank by being equal to. An operator is compared with its bit 0x20
// set, for square brackets are curly ones without it. What stands for the other halves is no byte of that half.
alignas(16) inline constexpr std::array<char, 16> operators_by_half = {0, 0, 0,   0,   0,   0,   0, 0,
                                                                       0, 0, ':', '{', ',', '}', 0, 0};
alignas(16) inline constexpr std::array<char, 16> blanks_by_half = {' ', 0,    0,    0, 0, 0,    0, 0,
                                                                    0,   '\t', '\n', 0, 0, '\r', 0, 0};

// By a byte: the places of its set bits, a byte each, the lowest one first.
inline constexpr std::array<std::uint64_t, 256> places_by_byte = [] {
  std::array<std::uint64_t, 256> table{};
  for (std::size_t byte = 0; byte < table.size(); ++byte) {
    unsigned count = 0;
    for (std::uint64_t bit = 0; bit < 8; ++bit) {
      if ((byte >> bit & 1U) != 0) table[byte] |= bit << (8 * count++);
    }
  }
  return table;
}();

#define PICKET_FOR_AVX2 [[gnu::target("avx2,bmi,pclmul,popcnt")]]

struct Avx2 {
  PICKET_FOR_AVX2 static std::uint64_t bits(__m256i low, __m256i high) {
    return static_cast<std::uint32_t>(_mm256_movemask_epi8(low)) |
           static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm256_movemask_epi8(high))) << 32U;
  }
  PICKET_FOR_AVX2 static __m256i load(const char* bytes) {
    return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes));
  }
  PICKET_FOR_AVX2 static std::uint64_t equal(__m256i low, __m256i high, char byte) {
    const __m256i all = _mm256_set1_epi8(byte);
    return bits(_mm256_cmpeq_epi8(low, all), _mm256_cmpeq_epi8(high, all));
  }
  PICKET_FOR_AVX2 static __m256i by_half(const std::array<char, 16>& table, __m256i bytes) {
    const __m128i once = _mm_load_si128(reinterpret_cast<const __m128i*>(table.data()));
    return _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(once), bytes);
  }
  PICKET_FOR_AVX2 static __m256i are_operators(__m256i bytes) {
    return _mm256_cmpeq_epi8(_mm256_or_si256(bytes, _mm256_set1_epi8(0x20)), by_half(operators_by_half, bytes));
  }
  PICKET_FOR_AVX2 static __m256i are_blanks(__m256i bytes) {
    return _mm256_cmpeq_epi8(bytes, by_half(blanks_by_half, bytes));
  }
  PICKET_FOR_AVX2 static __m256i are_controls(__m256i bytes) {
    return _mm256_cmpeq_epi8(_mm256_min_epu8(bytes, _mm256_set1_epi8(0x1F)), bytes);
  }

  // As signed numbers bytes beyond ASCII are below the space, too.
  PICKET_FOR_AVX2 static __m256i are_rare(__m256i bytes) { return _mm256_cmpgt_epi8(_mm256_set1_epi8(' '), bytes); }

  PICKET_FOR_AVX2 static Marks marks_of(const char* bytes) {
    const __m256i low = load(bytes);
    const __m256i high = load(bytes + 32);
    return {.quotes = equal(low, high, '"'),
            .operators = bits(are_operators(low), are_operators(high)),
            .blanks = bits(are_blanks(low), are_blanks(high)),
            .backslashes = equal(low, high, '\\'),
            .has_rare = _mm256_movemask_epi8(_mm256_or_si256(are_rare(low), are_rare(high))) != 0};
  }
  PICKET_FOR_AVX2 static RareMarks rare_marks_of(const char* bytes) {
    const __m256i low = load(bytes);
    const __m256i high = load(bytes + 32);
    return {.controls = bits(are_controls(low), are_controls(high)),
            .line_ends = equal(low, high, '\n'),
            .others = bits(low, high)};
  }
  // By a multiplication without carries.
  PICKET_FOR_AVX2 static std::uint64_t string_parities(std::uint64_t quotes) {
    const __m128i product =
        _mm_clmulepi64_si128(_mm_cvtsi64_si128(static_cast<long long>(quotes)), _mm_set1_epi8('\xFF'), 0);
    return static_cast<std::uint64_t>(_mm_cvtsi128_si64(product));
  }
  // The same eight bits a step, however many of them are set: no branch has to be guessed. What is written behind the
  // end means nothing.
  PICKET_FOR_AVX2 static std::uint32_t* append(std::uint64_t bits, std::uint32_t base, std::uint32_t* out) {
    __m256i bases = _mm256_set1_epi32(static_cast<int>(base));
#pragma GCC unroll 8
    for (unsigned i = 0; i < 8; ++i) {
      const std::uint64_t byte = bits >> (8 * i) & 0xFFU;
      const __m128i places = _mm_cvtsi64_si128(static_cast<long long>(places_by_byte[byte]));
      _mm256_storeu_si256(reinterpret_cast<__m256i*>(out), _mm256_add_epi32(_mm256_cvtepu8_epi32(places), bases));
      out += _mm_popcnt_u64(byte);
      bases = _mm256_add_epi32(bases, _mm256_set1_epi32(8));
    }
    return out;
  }
};

// The places of 64 bytes.
alignas(64) inline constexpr std::array<std::uint8_t, block> each_place = [] {
  std::array<std::uint8_t, block> table{};
  for (std::size_t i = 0; i < block; ++i) table[i] = static_cast<std::uint8_t>(i);
  return table;
}();

#define PICKET_FOR_AVX512 [[gnu::target("avx512f,avx512bw,avx512vbmi2,avx2,bmi,pclmul,popcnt")]]

struct Avx512 {
  PICKET_FOR_AVX512 static __m512i by_half(const std::array<char, 16>& table, __m512i bytes) {
    const __m128i once = _mm_load_si128(reinterpret_cast<const __m128i*>(table.data()));
    // Of the intrinsics that copy it four times, the one at which no compiler warns.
    return _mm512_shuffle_epi8(_mm512_maskz_broadcast_i32x4(0xFFFF, once), bytes);
  }
  PICKET_FOR_AVX512 static std::uint64_t equal(__m512i bytes, char byte) {
    return _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(byte));
  }
  PICKET_FOR_AVX512 static Marks marks_of(const char* bytes) {
    const __m512i chunk = _mm512_loadu_si512(bytes);
    const __m512i curled = _mm512_or_si512(chunk, _mm512_set1_epi8(0x20));
    return {.quotes = equal(chunk, '"'),
            .operators = _mm512_cmpeq_epi8_mask(curled, by_half(operators_by_half, chunk)),
            .blanks = _mm512_cmpeq_epi8_mask(chunk, by_half(blanks_by_half, chunk)),
            .backslashes = equal(chunk, '\\'),
            .has_rare = _mm512_cmplt_epi8_mask(chunk, _mm512_set1_epi8(' ')) != 0};
  }
  PICKET_FOR_AVX512 static RareMarks rare_marks_of(const char* bytes) {
    const __m512i chunk = _mm512_loadu_si512(bytes);
    return {.controls = _mm512_cmplt_epu8_mask(chunk, _mm512_set1_epi8(' ')),
            .line_ends = equal(chunk, '\n'),
            .others = _mm512_movepi8_mask(chunk)};
  }
  PICKET_FOR_AVX512 static std::uint64_t string_parities(std::uint64_t quotes) { return Avx2::string_parities(quotes); }
  // Sixteen places at once.
  PICKET_FOR_AVX512 static void write(__m128i within, __m512i bases, std::uint32_t* out) {
    _mm512_storeu_si512(out, _mm512_add_epi32(_mm512_maskz_cvtepu8_epi32(0xFFFF, within), bases));
  }
  // As many as there are most often without a branch. What is written behind the end means nothing.
  PICKET_FOR_AVX512 static std::uint32_t* append(std::uint64_t bits, std::uint32_t base, std::uint32_t* out) {
    const __m512i within = _mm512_maskz_compress_epi8(bits, _mm512_load_si512(each_place.data()));
    const __m512i bases = _mm512_set1_epi32(static_cast<int>(base));
    const auto count = static_cast<std::uint32_t>(_mm_popcnt_u64(bits));
    write(_mm512_maskz_extracti32x4_epi32(0xF, within, 0), bases, out);
    write(_mm512_maskz_extracti32x4_epi32(0xF, within, 1), bases, out + 16);
    if (count > 32) [[unlikely]] {
      write(_mm512_maskz_extracti32x4_epi32(0xF, within, 2), bases, out + 32);
      write(_mm512_maskz_extracti32x4_epi32(0xF, within, 3), bases, out + 48);
    }
    return out + count;
  }
};

#endif

}  // namespace picket::byte_marks
