// Titles. Words are those of UAX #29, but for rules that only concern letters without case. ICU could tell them, too,
// yet each of its versions tells others (72 takes an address for one word, 76 does not), and a rule means the same
// everywhere.
#include <unicode/uchar.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/pattern/letter.hpp"
#include "engine/pattern/pattern.hpp"
#include "grammar/text/unicode.hpp"

namespace picket {
namespace {

// Newer versions of UAX #29 have no mark between letters in these, older ones have.
constexpr bool is_colon(char32_t code_point) {
  return code_point == U':' || code_point == 0xFE55 || code_point == 0xFF1A;
}

// One of UWordBreakValues.
int word_break_of(char32_t code_point) { return is_colon(code_point) ? U_WB_OTHER : letter::word_break_of(code_point); }

bool is_letter(int kind) { return kind == U_WB_ALETTER || kind == U_WB_HEBREW_LETTER; }
bool joins_letters(int kind) { return kind == U_WB_MIDLETTER || kind == U_WB_MIDNUMLET || kind == U_WB_SINGLE_QUOTE; }
bool joins_digits(int kind) { return kind == U_WB_MIDNUM || kind == U_WB_MIDNUMLET || kind == U_WB_SINGLE_QUOTE; }
bool is_line_end(int kind) { return kind == U_WB_CR || kind == U_WB_LF || kind == U_WB_NEWLINE; }
bool is_passed_over(int kind) { return kind == U_WB_EXTEND || kind == U_WB_FORMAT || kind == U_WB_ZWJ; }  // WB4

// Whether two kinds stand in one word, by what stands before and after them; WB5 to WB13b.
bool in_one_word(int before, int left, int right, int after) {
  if (is_letter(left) && is_letter(right)) return true;
  if (is_letter(left) && joins_letters(right) && is_letter(after)) return true;
  if (is_letter(before) && joins_letters(left) && is_letter(right)) return true;
  if (left == U_WB_HEBREW_LETTER && right == U_WB_SINGLE_QUOTE) return true;
  if (left == U_WB_HEBREW_LETTER && right == U_WB_DOUBLE_QUOTE && after == U_WB_HEBREW_LETTER) return true;
  if (before == U_WB_HEBREW_LETTER && left == U_WB_DOUBLE_QUOTE && right == U_WB_HEBREW_LETTER) return true;
  const bool digit = right == U_WB_NUMERIC;
  if ((left == U_WB_NUMERIC && (digit || is_letter(right))) || (is_letter(left) && digit)) return true;
  if (before == U_WB_NUMERIC && joins_digits(left) && digit) return true;
  if (left == U_WB_NUMERIC && joins_digits(right) && after == U_WB_NUMERIC) return true;
  const auto extends = [](int kind) {
    return is_letter(kind) || kind == U_WB_NUMERIC || kind == U_WB_KATAKANA || kind == U_WB_EXTENDNUMLET;
  };
  return (left == U_WB_EXTENDNUMLET && extends(right)) || (extends(left) && right == U_WB_EXTENDNUMLET);
}

// The kind of the first letter from `at` on that is not passed over.
int kind_behind(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    const int kind = word_break_of(next_code_point(text, at));
    if (!is_passed_over(kind)) return kind;
  }
  return U_WB_OTHER;
}

// Where words begin, letter by letter. What is passed over belongs to what stands before it.
class Words {
 public:
  explicit Words(std::string_view text) : text_(text) {}

  // Whether a word begins with the next letter, which ends before `end`.
  bool begins_with(char32_t code_point, std::size_t end) {
    const int kind = word_break_of(code_point);
    const bool belongs = is_passed_over(kind) && !is_line_end(previous_);
    previous_ = kind;
    if (belongs) return false;
    const bool begins = !in_one_word(before_, left_, kind, kind_behind(text_, end));
    before_ = left_;
    left_ = kind;
    return begins;
  }

 private:
  std::string_view text_;
  int previous_ = U_WB_NEWLINE;  // the kind of the letter before; a text begins as a line does
  int left_ = U_WB_OTHER;        // of the one before that is not passed over
  int before_ = U_WB_OTHER;      // and of the one before that
};

// Letters, digits, signs and what is for private use: where a word's capital may stand.
bool may_be_capital(char32_t code_point) {
  constexpr std::uint32_t kinds = U_GC_L_MASK | U_GC_N_MASK | U_GC_S_MASK | U_GC_CO_MASK;
  const auto category = u_charType(static_cast<UChar32>(code_point));
  if ((U_MASK(category) & kinds) != 0 && category != U_MODIFIER_LETTER) return true;
  return category == U_MODIFIER_LETTER && letter::has_case(code_point);
}

}  // namespace

std::string to_title(std::string_view text) {
  // Lowered as a whole: whether a sigma is a final one depends on what stands around it, its length does not.
  const std::string lowered = to_lower(text);
  std::size_t lowered_at = 0;
  Words words(text);
  std::string out;
  bool capital_to_come = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t code_point = next_code_point(text, at);
    const std::string_view bytes = text.substr(begin, at - begin);
    const std::size_t lowered_size = bytes.size() == 1 ? 1 : to_lower(bytes).size();
    if (words.begins_with(code_point, at)) capital_to_come = true;
    if (!capital_to_come) {
      out += std::string_view(lowered).substr(lowered_at, lowered_size);
    } else if (may_be_capital(code_point)) {
      letter::append_title(out, code_point);
      capital_to_come = false;
    } else {
      out += bytes;
    }
    lowered_at += lowered_size;
  }
  return out;
}

}  // namespace picket
