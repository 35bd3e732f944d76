#include "engine/frontend/rule.hpp"
#include "grammar/text/ascii.hpp"

#include <algorithm>
#include <array>

namespace picket {
namespace {

constexpr std::array<std::string_view, 5> severity_words = {"Info", "Low", "Medium", "High", "Critical"};

}  // namespace

std::string_view spelling(Severity severity) { return severity_words[static_cast<std::size_t>(severity)]; }

std::string alert_word(Severity severity) { return ascii_upper(std::string(spelling(severity))); }

std::optional<Severity> severity_from_word(std::string_view word) {
  for (std::size_t i = 0; i < severity_words.size(); ++i) {
    if (ascii_equal_folded(word, severity_words[i])) return static_cast<Severity>(i);
  }
  return std::nullopt;
}

}  // namespace picket
