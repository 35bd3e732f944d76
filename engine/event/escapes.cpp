#include "engine/event/escapes.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "engine/event/words.hpp"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace picket {
namespace {

// What a character behind a backslash stands for; 0 for none, and for `u`.
constexpr std::array<char, 256> meanings = [] {
  std::array<char, 256> table{};
  table['"'] = '"';
  table['\\'] = '\\';
  table['/'] = '/';
  table['b'] = '\b';
  table['f'] = '\f';
  table['n'] = '\n';
  table['r'] = '\r';
  table['t'] = '\t';
  return table;
}();

constexpr std::array<std::int8_t, 256> hex_digits = [] {
  std::array<std::int8_t, 256> table{};
  table.fill(-1);
  for (int i = 0; i < 10; ++i) table[static_cast<std::size_t>('0' + i)] = static_cast<std::int8_t>(i);
  for (int i = 0; i < 6; ++i) {
    table[static_cast<std::size_t>('a' + i)] = static_cast<std::int8_t>(10 + i);
    table[static_cast<std::size_t>('A' + i)] = static_cast<std::int8_t>(10 + i);
  }
  return table;
}();

// Four hexadecimal digits; negative if they are not.
std::int32_t hex_value(const char* digits) {
  std::int32_t value = 0;
  for (int i = 0; i < 4; ++i) {
    const std::int32_t digit = hex_digits[static_cast<unsigned char>(digits[i])];
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

bool is_high_surrogate(std::int32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool is_low_surrogate(std::int32_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

// The length of the valid escape at `at`, or 0. The bytes behind the text's end, which may be anything, cannot make one
// valid: the caller knows that no escape ends beyond a string.
std::size_t escape_length(const char* at) {
  if (meanings[static_cast<unsigned char>(at[1])] != 0) return 2;
  if (at[1] != 'u') return 0;
  const std::int32_t unit = hex_value(at + 2);
  if (unit < 0 || is_low_surrogate(unit)) return 0;
  if (!is_high_surrogate(unit)) return 6;
  return at[6] == '\\' && at[7] == 'u' && is_low_surrogate(hex_value(at + 8)) ? 12 : 0;
}

// Of 64 bytes, a bit each.
struct Marks {
  std::uint64_t line_ends = 0;
  std::uint64_t backslashes = 0;
};

#if defined(__SSE2__)
Marks marks_of(const char* bytes) {
  __m128i chunks[4];
  for (std::size_t i = 0; i < 4; ++i) chunks[i] = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes) + i);
  const __m128i line_end = _mm_set1_epi8('\n');
  const __m128i backslash = _mm_set1_epi8('\\');
  __m128i any = _mm_setzero_si128();
  for (const __m128i chunk : chunks) {
    any = _mm_or_si128(any, _mm_or_si128(_mm_cmpeq_epi8(chunk, line_end), _mm_cmpeq_epi8(chunk, backslash)));
  }
  if (_mm_movemask_epi8(any) == 0) return {};
  const auto mask = [&chunks](__m128i byte) {
    std::uint64_t bits = 0;
    for (std::size_t i = 4; i-- > 0;) {
      bits = bits << 16U | static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(chunks[i], byte)));
    }
    return bits;
  };
  return {mask(line_end), mask(backslash)};
}
#else
Marks marks_of(const char* bytes) {
  const auto mask = [bytes](char byte) {
    std::uint64_t bits = 0;
    for (std::size_t i = 8; i-- > 0;) {
      // Unlike words::bytes_equal exact in every byte; the high bits are then gathered by a multiplication.
      const std::uint64_t difference = words::load(bytes + 8 * i) ^ (words::ones * static_cast<unsigned char>(byte));
      const std::uint64_t equal = ~(((difference & ~words::highs) + ~words::highs) | difference | ~words::highs);
      bits = bits << 8U | ((equal >> 7U) * 0x0102040810204080U) >> 56U;
    }
    return bits;
  };
  return {mask('\n'), mask('\\')};
}
#endif

std::uint64_t from_bit(std::uint64_t bits, std::size_t bit) {
  return bit >= 64 ? 0 : bits & (~std::uint64_t{0} << bit);
}

char* append_code_point(char* out, std::uint32_t code_point) {
  const auto byte = [&out](std::uint32_t value) { *out++ = static_cast<char>(value); };
  if (code_point < 0x80) {
    byte(code_point);
  } else if (code_point < 0x800) {
    byte(0xC0U | code_point >> 6U);
    byte(0x80U | (code_point & 0x3FU));
  } else if (code_point < 0x10000) {
    byte(0xE0U | code_point >> 12U);
    byte(0x80U | (code_point >> 6U & 0x3FU));
    byte(0x80U | (code_point & 0x3FU));
  } else {
    byte(0xF0U | code_point >> 18U);
    byte(0x80U | (code_point >> 12U & 0x3FU));
    byte(0x80U | (code_point >> 6U & 0x3FU));
    byte(0x80U | (code_point & 0x3FU));
  }
  return out;
}

}  // namespace

LineEnd find_line_end(std::string_view text, std::size_t from) {
  LineEnd line;
  line.at = text.size();
  std::size_t behind_escape = from;  // backslashes before it are the second half of an escape
  for (std::size_t at = from; at < text.size(); at += 64) {
    const Marks marks = marks_of(text.data() + at);
    std::uint64_t backslashes = marks.backslashes;
    if (marks.line_ends != 0) {
      const int first = std::countr_zero(marks.line_ends);
      line.at = std::min(text.size(), at + static_cast<std::size_t>(first));
      backslashes &= (std::uint64_t{1} << first) - 1;
    }
    if (behind_escape > at) backslashes = from_bit(backslashes, behind_escape - at);
    while (backslashes != 0) {
      const std::size_t place = at + static_cast<std::size_t>(std::countr_zero(backslashes));
      if (place >= text.size()) break;
      const std::size_t length = escape_length(text.data() + place);
      line.has_escapes = true;
      if (length == 0) line.escapes_are_valid = false;
      behind_escape = place + (length == 0 ? 1 : length);
      backslashes = from_bit(backslashes, behind_escape - at);
    }
    if (marks.line_ends != 0) break;
  }
  return line;
}

std::size_t unescape(std::string_view raw, char* out) {
  const char* from = raw.data();
  const char* const end = from + raw.size();
  char* to = out;
  while (from < end) {
    const std::uint64_t word = words::load(from);
    std::memcpy(to, &word, sizeof word);
    const std::uint64_t backslashes = words::bytes_equal(word, '\\');
    const std::size_t plain = backslashes == 0 ? 8 : static_cast<std::size_t>(std::countr_zero(backslashes)) / 8;
    const std::size_t taken = std::min<std::size_t>(plain, static_cast<std::size_t>(end - from));
    from += taken;
    to += taken;
    if (backslashes == 0 || from >= end) continue;
    if (from[1] != 'u') {
      *to++ = meanings[static_cast<unsigned char>(from[1])];
      from += 2;
      continue;
    }
    auto code_point = static_cast<std::uint32_t>(hex_value(from + 2));
    from += 6;
    if (is_high_surrogate(static_cast<std::int32_t>(code_point))) {
      code_point =
          0x10000U + ((code_point - 0xD800U) << 10U) + (static_cast<std::uint32_t>(hex_value(from + 2)) - 0xDC00U);
      from += 6;
    }
    to = append_code_point(to, code_point);
  }
  return static_cast<std::size_t>(to - out);
}

}  // namespace picket
