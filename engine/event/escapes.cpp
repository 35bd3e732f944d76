#include "engine/event/escapes.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "engine/event/words.hpp"

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

// The other way round: what stands behind a backslash for a character; 0 for one that needs none.
constexpr std::array<char, 256> letters = [] {
  std::array<char, 256> table{};
  for (const char letter : {'"', '\\', 'b', 'f', 'n', 'r', 't'}) {
    table[static_cast<unsigned char>(meanings[static_cast<unsigned char>(letter)])] = letter;
  }
  return table;
}();

constexpr std::array<std::int32_t, 256> hex_digits = [] {
  std::array<std::int32_t, 256> table{};
  table.fill(-1);
  for (unsigned char i = 0; i < 10; ++i) table['0' + i] = i;
  for (unsigned char i = 0; i < 6; ++i) table['a' + i] = table['A' + i] = 10 + i;
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

bool is_valid_escape(const char* escaped, bool behind_high) {
  if (*escaped != 'u') return meanings[static_cast<unsigned char>(*escaped)] != 0;
  const std::int32_t unit = hex_value(escaped + 1);
  if (is_low_surrogate(unit)) return behind_high;
  if (!is_high_surrogate(unit)) return unit >= 0;
  // Behind four digits a backslash is none that is escaped itself.
  return escaped[5] == '\\' && escaped[6] == 'u' && is_low_surrogate(hex_value(escaped + 7));
}

bool is_high_surrogate(const char* escaped) { return *escaped == 'u' && is_high_surrogate(hex_value(escaped + 1)); }

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

std::string escape(std::string_view text) {
  std::string out;
  append_escaped(text, out);
  return out;
}

void append_escaped(std::string_view text, std::string& out) {
  out.reserve(out.size() + text.size() + text.size() / 4);
  const auto letter_of = [](char byte) { return letters[static_cast<unsigned char>(byte)]; };
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t begin = i;
    while (i < text.size() && letter_of(text[i]) == 0) ++i;
    out.append(text, begin, i - begin);
    if (i < text.size()) (out += '\\') += letter_of(text[i++]);
  }
}

}  // namespace picket
