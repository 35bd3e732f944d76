#include "grammar/condition/literals.hpp"

#include <array>
#include <charconv>
#include <limits>
#include <utility>

#include "grammar/text/unicode.hpp"

namespace picket::syntax {

namespace {

std::uint32_t read_hex(std::string_view digits) {
  std::uint32_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  return value;
}

// Decodes \uXXXX at `at` (of its backslash), with the low surrogate after it if it is a pair, and moves `at` past it.
char32_t read_unicode_escape(std::string_view text, std::size_t& at) {
  constexpr char32_t replacement = 0xFFFD;
  const std::uint32_t first = read_hex(text.substr(at + 2, 4));
  at += 6;
  if (first < 0xD800 || first > 0xDFFF) return first;
  if (first < 0xDC00 && text.substr(at).starts_with("\\u") && at + 6 <= text.size()) {
    const std::uint32_t second = read_hex(text.substr(at + 2, 4));
    if (second >= 0xDC00 && second <= 0xDFFF) {
      at += 6;
      return 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
    }
  }
  return replacement;
}

char simple_escape(char c) {
  switch (c) {
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return c;
  }
}

std::string undouble(std::string_view text, std::string_view doubled) {
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    result += text[at];
    if (doubled.find(text[at]) != std::string_view::npos && at + 1 < text.size() && text[at + 1] == text[at]) ++at;
  }
  return result;
}

}  // namespace

std::string decode_escapes(std::string_view quoted) {
  std::string result;
  result.reserve(quoted.size());
  for (std::size_t at = 0; at < quoted.size();) {
    if (quoted[at] != '\\') {
      result += quoted[at++];
    } else if (quoted[at + 1] == 'u') {
      append_utf8(result, read_unicode_escape(quoted, at));
    } else {
      result += simple_escape(quoted[at + 1]);
      at += 2;
    }
  }
  return result;
}

std::string decode_raw(std::string_view quoted) { return undouble(quoted, "'"); }

std::string decode_braces(std::string_view run) { return undouble(run, "{}"); }

bool is_number(std::string_view text) {
  if (text.size() > 1 && text[0] == '0' && text[1] >= '0' && text[1] <= '9') return false;
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (end != text.data() + text.size() || error == std::errc::invalid_argument) return false;
  // Out of range is an error for 1e999, but integers of any length are numbers.
  return error == std::errc() || text.find_first_of(".eE") == std::string_view::npos;
}

std::optional<std::int64_t> read_duration(std::string_view text) {
  constexpr std::int64_t second = 1'000'000;
  constexpr std::array<std::pair<std::string_view, std::int64_t>, 6> units{{{"ms", second / 1000},
                                                                            {"s", second},
                                                                            {"m", 60 * second},
                                                                            {"h", 3600 * second},
                                                                            {"d", 86'400 * second},
                                                                            {"w", 7 * 86'400 * second}}};
  std::int64_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc()) return std::nullopt;
  const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
  for (const auto& [word, microseconds] : units) {
    if (unit != word) continue;
    if (count > std::numeric_limits<std::int64_t>::max() / microseconds) return std::nullopt;
    return count * microseconds;
  }
  return std::nullopt;
}

}  // namespace picket::syntax
