// ASCII's digits, and the case of its letters for words whose case means nothing: ids, severities, keys. (Case of texts
// in general is engine/pattern's.)
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace picket {

[[nodiscard]] constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
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
