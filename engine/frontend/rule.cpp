#include "engine/frontend/rule.hpp"

#include <algorithm>
#include <array>

namespace picket {
namespace {

constexpr std::array<std::string_view, 5> severity_words = {"Info", "Low", "Medium", "High", "Critical"};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool equal_up_to_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

std::string_view spelling(Severity severity) { return severity_words[static_cast<std::size_t>(severity)]; }

std::optional<Severity> severity_from_word(std::string_view word) {
  for (std::size_t i = 0; i < severity_words.size(); ++i) {
    if (equal_up_to_case(word, severity_words[i])) return static_cast<Severity>(i);
  }
  return std::nullopt;
}

}  // namespace picket
