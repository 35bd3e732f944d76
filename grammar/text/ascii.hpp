// ASCII's letters and digits, and their case for words whose case means nothing: ids, severities, keys. (Case of texts
// in general is engine/pattern's.)
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace picket {

[[nodiscard]] constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
[[nodiscard]] constexpr bool is_letter_or_digit(char c) { return is_letter(c) || is_digit(c); }
// What names of the condition language consist of.
[[nodiscard]] constexpr bool is_name_byte(char c) { return is_letter_or_digit(c) || c == '_'; }
// Whether the text is a name of the condition language, be it one that is reserved.
[[nodiscard]] constexpr bool is_identifier(std::string_view text) {
  return !text.empty() && !is_digit(text.front()) && std::all_of(text.begin(), text.end(), is_name_byte);
}
[[nodiscard]] constexpr char ascii_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
[[nodiscard]] constexpr char ascii_upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

[[nodiscard]] inline std::string ascii_lower(std::string text) {
  for (char& c : text) c = ascii_lower(c);
  return text;
}
[[nodiscard]] inline std::string ascii_upper(std::string text) {
  for (char& c : text) c = ascii_upper(c);
  return text;
}

// Whether the two are equal but for the case of ASCII letters.
[[nodiscard]] inline bool ascii_equal_folded(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return ascii_lower(x) == ascii_lower(y); });
}

}  // namespace picket
