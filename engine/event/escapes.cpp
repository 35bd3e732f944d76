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

// Of 64 bytes, a bit each.
struct Marks {
  std::uint64_t line_ends = 0;
  std::uint64_t backslashes = 0;
};

#if defined(__SSE2__)
Marks marks_of(const char* bytes) {
  const auto load = [bytes](std::size_t at) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + at)); };
  const __m128i first = load(0);
  const __m128i second = load(16);
  const __m128i third = load(32);
  const __m128i fourth = load(48);
  const __m128i line_end = _mm_set1_epi8('\n');
  const __m128i backslash = _mm_set1_epi8('\\');
  const auto either = [&](__m128i chunk) {
    return _mm_or_si128(_mm_cmpeq_epi8(chunk, line_end), _mm_cmpeq_epi8(chunk, backslash));
  };
  const __m128i any =
      _mm_or_si128(_mm_or_si128(either(first), either(second)), _mm_or_si128(either(third), either(fourth)));
  if (_mm_movemask_epi8(any) == 0) return {};
  const auto bits = [](__m128i chunk, __m128i byte) {
    return static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(chunk, byte))));
  };
  const auto mask = [&](__m128i byte) {
    return bits(first, byte) | bits(second, byte) << 16U | bits(third, byte) << 32U | bits(fourth, byte) << 48U;
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

// Whether the character behind a backslash makes an escape with what stands around it. A surrogate needs its other
// half, before or behind.
bool is_valid_escape(const char* escaped) {
  if (*escaped != 'u') return meanings[static_cast<unsigned char>(*escaped)] != 0;
  const std::int32_t unit = hex_value(escaped + 1);
  const auto unit_at = [](const char* u) { return u[-1] == '\\' && *u == 'u' ? hex_value(u + 1) : -1; };
  if (is_high_surrogate(unit)) return is_low_surrogate(unit_at(escaped + 6));
  if (is_low_surrogate(unit)) return is_high_surrogate(unit_at(escaped - 6));
  return unit >= 0;
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
  std::uint64_t carried = 0;
  for (std::size_t at = from; at < text.size(); at += 64) {
    const Marks marks = marks_of(text.data() + at);
    std::uint64_t before_end = ~std::uint64_t{0};
    if (marks.line_ends != 0) {
      const int first = std::countr_zero(marks.line_ends);
      line.at = std::min(text.size(), at + static_cast<std::size_t>(first));
      before_end = (std::uint64_t{1} << first) - 1;
    }
    if ((marks.backslashes & before_end) != 0 || carried != 0) {
      line.has_escapes = true;
      const std::uint64_t escaped = escaped_of(marks.backslashes, carried) & before_end;
      // A backslash behind a backslash, most of them by far, needs no look.
      for (std::uint64_t left = escaped & ~marks.backslashes; left != 0; left &= left - 1) {
        if (!is_valid_escape(text.data() + at + std::countr_zero(left))) line.escapes_are_valid = false;
      }
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
