#include "engine/plan/rarity.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace picket {
namespace {

// Shares of bytes in folded command lines, paths and names of the Windows and CloudTrail logs that the rules were tried
// on, in per mille, rounded; bytes that are not listed are rarer than any that is.
constexpr double rare_byte = 0.0005;
constexpr std::array<double, 128> byte_shares = [] {
  std::array<double, 128> shares{};
  shares.fill(rare_byte);
  constexpr std::string_view letters = "etaoinsrldcumphgwfbvyxkqjz";
  constexpr std::array<int, 26> per_mille = {82, 62, 56, 53, 55, 56, 66, 55, 40, 34, 36, 25, 30,
                                             26, 13, 15, 24, 14, 12, 12, 10, 12, 7,  2,  2,  3};
  for (std::size_t i = 0; i < letters.size(); ++i)
    shares[static_cast<unsigned char>(letters[i])] = per_mille[i] / 1000.0;
  for (char digit = '0'; digit <= '9'; ++digit) shares[static_cast<unsigned char>(digit)] = 0.018;
  shares[' '] = 0.03;
  shares['\\'] = 0.04;
  shares['.'] = 0.02;
  shares['-'] = 0.02;
  shares['/'] = 0.012;
  shares['"'] = 0.012;
  shares[':'] = 0.01;
  shares['_'] = 0.006;
  shares['='] = 0.004;
  return shares;
}();

double byte_share(char byte) {
  const auto at = static_cast<unsigned char>(byte);
  return at < byte_shares.size() ? byte_shares[at] : rare_byte;
}

// Words that stand in every other path or command line: their grams are far commoner than their letters.
constexpr std::array<std::string_view, 24> common_words = {
    ".exe",  "c:\\",    "\\windows\\", "\\system32\\", "\\program files", "\\users\\", "powershell", "cmd",     "http",
    "https", ".com",    "amazonaws",   "microsoft",    "appdata",         "\\local\\", "\\temp\\",   "command", "arn:",
    ".dll",  "service", "user",        "admin",        "explorer",        "svchost"};

// Characters of a value that a substring may begin at: typical.
constexpr double places = 100;

double text_frequency(std::string_view text) {
  double least = 1;
  constexpr std::size_t length = 4;
  for (std::size_t at = 0; at + std::min(length, text.size()) <= text.size(); ++at) {
    least = std::min(least, gram_frequency(text.substr(at, length)));
  }
  // Longer texts are rarer than their rarest gram, though less and less so.
  return least / std::max(1.0, static_cast<double>(text.size()) / length);
}

}  // namespace

double gram_frequency(std::string_view gram) {
  double frequency = 1;
  for (const char byte : gram) frequency *= byte_share(byte);
  const bool common = std::any_of(common_words.begin(), common_words.end(),
                                  [gram](std::string_view word) { return word.find(gram) != std::string_view::npos; });
  return common ? std::sqrt(frequency) : frequency;
}

double key_frequency(const AccessKey& key) {
  switch (key.kind) {
    case AccessKind::equal_text:
      return 0.002 + 0.05 / static_cast<double>(1 + key.text.size() * key.text.size());
    case AccessKind::equal_number:
      return 0.02;
    case AccessKind::equal_bool:
      return 0.2;
    case AccessKind::prefix:
    case AccessKind::suffix:
      return std::min(0.3, 0.003 + 10 * text_frequency(key.text));
    case AccessKind::substring:
      return std::min(0.4, 0.001 + places * text_frequency(key.text));
    case AccessKind::container:
      return 0.02;
    case AccessKind::present:
      return 0.5;
  }
  return 1;
}

}  // namespace picket
