#include "grammar/condition/failure.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "grammar/ast/operators.hpp"
#include "grammar/condition/found.hpp"
#include "grammar/condition/habits.hpp"
#include "grammar/text/ascii.hpp"
#include "grammar/text/nearest.hpp"
#include "grammar/text/unicode.hpp"

namespace picket::syntax {

namespace {

std::vector<std::string_view> operator_words() {
  std::vector<std::string_view> words;
  for (const OpRow& row : operators()) words.push_back(row.spelling);
  for (const std::string_view word : {"and", "or", "not", "is", "startswith", "endswith", "match", "wildcard"}) {
    words.push_back(word);
  }
  return words;
}

// Whether no word that is near to what was written means something else than `near`.
bool is_certain(std::string_view written, std::string_view near) {
  std::vector<std::string_view> others = operator_words();
  const auto op = op_from_spelling(near);
  std::erase_if(others, [&](std::string_view word) { return word == near || (op && op_from_spelling(word) == op); });
  return !nearest(written, std::span<const std::string_view>(others));
}

// The operator that two words in a row make: "starts with" is starts_with.
std::optional<std::pair<std::string_view, std::size_t>> operator_of_two_words(std::string_view text,
                                                                              const Found& first) {
  const Found second = find_at(text, first.end);
  if (second.shape != Shape::word) return std::nullopt;
  const std::string joined = ascii_lower(std::string(first.text)) + "_" + ascii_lower(std::string(second.text));
  for (const std::string_view spelling : {"starts_with", "ends_with"}) {
    if (joined == spelling) return std::pair{spelling, second.end};
  }
  if (joined == "begins_with") return std::pair{std::string_view("starts_with"), second.end};
  return std::nullopt;
}

SyntaxError unknown_operator(std::string_view text, const Found& found) {
  if (auto habit = habit_at_operator(text, found)) return *std::move(habit);
  SyntaxError error = at_token(Code::unknown_operator, found, quoted(found.text) + " is no operator");
  // A sign run such as `==~` keeps its fold mark apart from the operator that was meant.
  if (const auto two = operator_of_two_words(text, found)) {
    error.end = two->second;
    error.message = quoted(text.substr(found.begin, two->second - found.begin)) + " is no operator";
    add_fix(error, found.begin, two->second, std::string(two->first), true);
  } else if (const auto meant = meant_operator(found.text)) {
    add_fix(error, found.begin, found.end, std::string(*meant), true);
  } else if (const auto near = nearest(found.text, std::span<const std::string_view>(operator_words()))) {
    add_fix(error, found.begin, found.end, *near, is_certain(found.text, *near));
  } else if (found.text == "&" || found.text == "|" || found.text == "^") {
    if (found.text != "^") add_fix(error, found.begin, found.end, found.text == "&" ? "and" : "or");
    error.help = "conditions are joined with `and` and `or`, or stand on lines of their own";
  } else {
    error.help =
        "the operators are eq ne lt le gt ge in contains starts_with ends_with like matches, `in cidr` and `is`";
  }
  return error;
}

// Something stands after a whole value or comparison, where the line should end or a bracket close.
SyntaxError after_value(std::string_view text, const Found& found, std::string_view wanted) {
  if (found.shape == Shape::word) {
    if (found.text == "not") {
      const Found next = find_at(text, found.end);
      if (next.shape == Shape::word && !is_reserved(next.text)) return unknown_operator(text, next);
      if (next.shape == Shape::sign) return unknown_operator(text, next);
    }
    if (found.text == "then" || found.text == "else") {
      return at_token(Code::unexpected_token, found, quoted(found.text) + " belongs to no `if`",
                      "a choice is written `if condition then value else value`");
    }
    if (!is_reserved(found.text)) return unknown_operator(text, found);
    return at_token(Code::unexpected_token, found,
                    quoted(found.text) + " cannot stand here; expected " + std::string(wanted));
  }
  if (found.shape == Shape::sign) return unknown_operator(text, found);
  if (found.shape == Shape::stranger) {
    return at_token(Code::unexpected_character, found, quoted(found.text) + " has no meaning in a condition");
  }
  if (found.shape == Shape::literal || found.shape == Shape::opener || found.text == "$") {
    if (auto habit = habit_at_operand(text, found)) return *std::move(habit);
    return at_token(
        Code::unexpected_token, found, "an operator is missing before " + quoted(found.text),
        "two values need an operator such as `eq` between them; conditions stand on lines of their own or are "
        "joined with `and`");
  }
  if (found.shape == Shape::closer) {
    return at_token(Code::unexpected_token, found, quoted(found.text) + " closes nothing");
  }
  if (found.text == ",") {
    return at_token(Code::unexpected_token, found, "`,` cannot stand here; expected " + std::string(wanted),
                    "a list is written `[a, b]`; conditions are joined with `and`, or stand on lines of their own");
  }
  return at_token(Code::unexpected_token, found,
                  quoted(found.text) + " cannot stand here; expected " + std::string(wanted));
}

// The character that people's editors put for another one.
std::optional<std::string_view> meant_character(std::string_view written) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 9> rows{{{"“", "\""},
                                                                               {"”", "\""},
                                                                               {"„", "\""},
                                                                               {"‘", "'"},
                                                                               {"’", "'"},
                                                                               {"–", "-"},
                                                                               {"—", "-"},
                                                                               {"\u00A0", " "},
                                                                               {"`", "'"}}};
  const auto* row = std::ranges::find(rows, written, &std::pair<std::string_view, std::string_view>::first);
  if (row == rows.end()) return std::nullopt;
  return row->second;
}

SyntaxError stranger(const Found& found) {
  SyntaxError error =
      at_token(Code::unexpected_character, found, quoted(found.text) + " has no meaning in a condition");
  if (const auto meant = meant_character(found.text)) add_fix(error, found.begin, found.end, std::string(*meant));
  if (found.text == "@") error.help = "a field such as `@timestamp` is written `$[\"@timestamp\"]`";
  return error;
}

SyntaxError unclosed(std::string_view text, const Mode& mode, Code code, std::string message) {
  const std::size_t at = mode.open.empty() ? 0 : mode.open.back();
  std::size_t end = std::min(at + 1, text.size());
  if (text.substr(at).starts_with("f\"")) end = at + 2;
  return {.code = code,
          .begin = at,
          .end = end,
          .message = std::move(message),
          .help = {},
          .fixes = {},
          .opened_at = SyntaxError::no_offset};
}

// A reserved word where a value should be.
SyntaxError reserved_word(std::string_view text, const Found& found) {
  SyntaxError error = at_token(Code::reserved_word, found, quoted(found.text) + " is a word of the language");
  const Found next = find_at(text, found.end);
  const bool compared = (next.shape == Shape::word && op_from_spelling(next.text)) || next.shape == Shape::sign;
  if (compared || next.shape == Shape::end || next.shape == Shape::newline) {
    error.help = "a field of that name is written " + quoted("$." + std::string(found.text));
    add_fix(error, found.begin, found.end, "$." + std::string(found.text));
  }
  return error;
}

bool is_binder_word(std::string_view word) {
  constexpr std::array<std::string_view, 7> words{"any", "all", "none", "count", "first", "where", "map"};
  return std::ranges::find(words, word) != words.end();
}

// A value should stand right of an operator.
SyntaxError missing_right_side(std::string_view text, const Found& op, const Found& found) {
  // `<>` and its like: two signs that are one operator elsewhere.
  const std::size_t run = token_end(text, op.begin, shape_of(text[op.begin]));
  if (found.shape == Shape::sign && op.end == found.begin && run > op.end) {
    return unknown_operator(
        text, {.shape = Shape::sign, .begin = op.begin, .end = run, .text = text.substr(op.begin, run - op.begin)});
  }
  if (const auto meant = op_from_spelling(op.text); found.text == "~" && meant && row_of(*meant).folds) {
    SyntaxError error = at_token(Code::unexpected_token, found, "`~` stands right behind the operator");
    add_fix(error, op.begin, found.end, std::string(op.text) + "~", true);
    return error;
  }
  // `first` alone is more likely a field than a binder.
  if (is_binder_word(op.text)) return reserved_word(text, op);
  return at_token(Code::missing_operand, op, quoted(op.text) + " lacks a value on its right");
}

// A value should stand at `offset`, and none does.
SyntaxError missing_value(std::string_view text, std::size_t offset, const Mode& mode) {
  const Found found = find_at(text, offset);
  const auto op_text = text.substr(mode.operator_begin, mode.operator_end - mode.operator_begin);
  // Whether nothing but blanks and newlines stands between the operator and here.
  const bool after_operator = mode.operator_end > mode.operator_begin && mode.operator_end <= offset &&
                              find_beyond_lines(text, mode.operator_end).begin == find_beyond_lines(text, offset).begin;
  const bool nothing = found.shape == Shape::end || found.shape == Shape::newline || found.shape == Shape::closer ||
                       found.text == "," || found.text == ";";
  const bool connective = found.text == "and" || found.text == "or";
  if (after_operator && (nothing || connective || found.shape == Shape::sign)) {
    return missing_right_side(
        text, {.shape = Shape::word, .begin = mode.operator_begin, .end = mode.operator_end, .text = op_text}, found);
  }
  switch (found.shape) {
    case Shape::end:
      if (!mode.open.empty()) {
        const char opener = text[mode.open.back()];
        if (opener == '(' || opener == '[' || opener == '{') {
          return unclosed(text, mode, Code::unclosed_bracket, quoted(std::string(1, opener)) + " is never closed");
        }
      }
      return at_token(Code::unexpected_end, found, "the text ends where a value is expected");
    case Shape::newline:
      return at_token(Code::unexpected_end, found, "the line ends where a value is expected");
    case Shape::word:
      if (is_reserved(found.text)) return reserved_word(text, found);
      break;
    case Shape::stranger:
      return stranger(found);
    case Shape::sign:
      if (found.text == "~") break;
      return at_token(Code::missing_operand, found, quoted(found.text) + " lacks a value on its left");
    case Shape::closer:
      if (mode.open.empty()) return at_token(Code::unexpected_token, found, quoted(found.text) + " closes nothing");
      break;
    case Shape::punctuation:
      if (auto habit = habit_at_value(text, found)) return *std::move(habit);
      if (found.text == "*" || found.text == "/" || found.text == "%" || found.text == "+" || found.text == "?") {
        return at_token(Code::missing_operand, found, quoted(found.text) + " lacks a value on its left");
      }
      break;
    case Shape::literal:
    case Shape::opener:
      break;
  }
  return at_token(Code::unexpected_token, found, quoted(found.text) + " stands where a value is expected");
}

// A bracket should be closed at `offset`.
SyntaxError missing_close(char closer, std::string_view text, std::size_t offset, const Mode& mode) {
  const Found found = find_at(text, offset);
  const std::size_t opened = mode.open.empty() ? 0 : mode.open.back();
  const std::string_view opener = text.substr(opened, 1);
  if (found.shape == Shape::end) {
    return unclosed(text, mode, Code::unclosed_bracket, quoted(opener) + " is never closed");
  }
  SyntaxError error;
  if (found.shape == Shape::closer) {
    error =
        at_token(Code::unclosed_bracket, found,
                 quoted(found.text) + " closes " + quoted(opener) + ", which wants " + quoted(std::string(1, closer)));
    add_fix(error, found.begin, found.end, std::string(1, closer));
  } else if (closer == ']' && (found.shape == Shape::literal || found.shape == Shape::opener)) {
    error = at_token(Code::unexpected_token, found, "a comma is missing before " + quoted(found.text));
    add_fix(error, found.begin, found.begin, ", ");
    error.fixes.back().title = "write a comma before it";
  } else {
    error = after_value(text, found, quoted(std::string(1, closer)) + (closer == ')' ? "" : " or `,`"));
  }
  error.opened_at = opened;
  return error;
}

SyntaxError missing_member(std::string_view text, std::size_t offset) {
  const Found dot{.shape = Shape::punctuation, .begin = offset - 1, .end = offset, .text = "."};
  const Found found = find_at(text, offset);
  SyntaxError error = at_token(Code::missing_operand, dot, "`.` lacks a field name on its right");
  if (found.begin == offset && found.shape == Shape::literal) {
    const std::string step = "[" + std::string(found.text) + "]";
    error.help = "a key that is no plain name, or an index, stands in brackets: " + quoted(step);
    add_fix(error, dot.begin, found.end, step);
  } else if (found.begin == offset && found.text == "*") {
    add_fix(error, dot.begin, found.end, "[*]");
  }
  return error;
}

// Lines that should be definitions.
SyntaxError missing_definition(std::string_view text, std::size_t offset) {
  const Found found = find_at(text, offset);
  if (found.shape == Shape::stranger) return stranger(found);
  if (found.shape == Shape::word && is_reserved(found.text)) {
    return at_token(Code::reserved_word, found,
                    quoted(found.text) + " is a word of the language and cannot be defined");
  }
  return at_token(Code::not_a_definition, found, "expected a definition, `name = value`, at " + quoted(found.text),
                  "Let holds definitions only; conditions belong into Condition");
}

SyntaxError mixed_connectives(std::string_view text, std::size_t offset) {
  const Found found = find_beyond_lines(text, offset);
  return at_token(Code::mixed_and_or, found, "`and` and `or` mix without parentheses",
                  "say which belongs together: `(a and b) or c`, or `a and (b or c)`");
}

SyntaxError second_comparison(std::string_view text, std::size_t offset) {
  return at_token(Code::chained_comparison, find_beyond_lines(text, offset), "comparisons do not chain",
                  "write two of them: `a lt b and b lt c`");
}

// A binder's block should begin here; a field with the binder's name is the likelier meaning if an operator stands
// here.
SyntaxError missing_binder_block(std::string_view text, std::size_t offset, const Mode& mode) {
  const Found binder{.shape = Shape::word,
                     .begin = mode.operator_begin,
                     .end = mode.operator_end,
                     .text = text.substr(mode.operator_begin, mode.operator_end - mode.operator_begin)};
  const Found after_word = find_at(text, binder.end);
  const bool names_binder = is_reserved(binder.text);
  if (names_binder && (op_from_spelling(after_word.text) || after_word.shape == Shape::sign)) {
    return reserved_word(text, binder);
  }
  const Found found = find_at(text, offset);
  SyntaxError error = at_token(Code::unexpected_token, found, "expected `{` and the binder's conditions");
  if (found.shape == Shape::end || found.shape == Shape::newline) error.code = Code::unexpected_end;
  error.help = "a binder is written `any x in list { conditions }`";
  return error;
}

SyntaxError bad_escape(std::string_view text, std::size_t offset) {
  const std::size_t backslash = offset - 1;
  std::size_t end = offset;
  if (offset < text.size() && text[offset] != '\n' && find_invalid_utf8(text.substr(offset, 4)) != 0U) {
    static_cast<void>(next_code_point(text, end));
  }
  const Found found{
      .shape = Shape::punctuation, .begin = backslash, .end = end, .text = text.substr(backslash, end - backslash)};
  SyntaxError error = at_token(Code::bad_escape, found, quoted(found.text) + " is no escape",
                               "in \"…\" the escapes are those of JSON; in '…' a backslash is an ordinary character");
  if (found.text == "\\u") {
    error.message = "`\\u` wants four hexadecimal digits";
  } else {
    add_fix(error, backslash, backslash + 1, "\\\\");
  }
  return error;
}

SyntaxError keyword(std::string_view word, std::string_view text, std::size_t offset) {
  const Found found = find_beyond_lines(text, offset);
  const bool ended = found.shape == Shape::end;
  const bool another_word = found.shape == Shape::word && !is_reserved(found.text);
  if (word == "->" && found.text == "=>") {
    SyntaxError error = at_token(Code::unexpected_token, found, "an arm is written with `->`");
    add_fix(error, found.begin, found.end, "->", true);
    return error;
  }
  if (another_word || (found.shape == Shape::sign && found.text != ">")) return unknown_operator(text, found);
  return at_token(ended ? Code::unexpected_end : Code::unexpected_token, found,
                  ended ? "the text ends where " + quoted(word) + " is expected"
                        : "expected " + quoted(word) + " at " + quoted(found.text),
                  word == "->" ? "an arm is written `pattern -> value`"
                               : "a choice is written `if condition then value else value`");
}

SyntaxError missing_arms(std::string_view text, std::size_t offset) {
  const Found found = find_at(text, offset);
  return at_token(found.shape == Shape::end ? Code::unexpected_end : Code::unexpected_token, found,
                  "expected `{` and the arms of `when`",
                  "a choice is written `when value { pattern -> result; else -> result }`");
}

SyntaxError missing_predicate(std::string_view text, std::size_t offset) {
  const Found found = find_at(text, offset);
  SyntaxError error = at_token(
      found.shape == Shape::end || found.shape == Shape::newline ? Code::missing_operand : Code::unexpected_token,
      found, "`is` wants a kind or a definition on its right",
      "kinds are null, empty, true, false, string, number, int, bool, list, object, ip …");
  if (found.shape == Shape::literal) error.help = "to compare with a value write `eq`";
  return error;
}

SyntaxError stray_brace(std::string_view text, std::size_t offset) {
  const Found found = find_at(text, offset);
  SyntaxError error =
      at_token(Code::stray_brace, found, "`}` closes no hole", "a brace that is text is written twice: `}}`");
  add_fix(error, found.begin, found.end, "}}");
  return error;
}

SyntaxError bad_hole(std::string_view text, std::size_t offset, const Mode& mode) {
  const Found found = find_at(text, offset);
  if (found.shape == Shape::end) {
    SyntaxError error = unclosed(text, mode, Code::bad_hole, "`{` opens a hole that is never closed");
    error.help = "a brace that is text is written twice: `{{`";
    return error;
  }
  SyntaxError error = after_value(text, found, "`}`");
  error.opened_at = mode.open.empty() ? SyntaxError::no_offset : mode.open.back();
  return error;
}

SyntaxError missing_hole_value(std::string_view text, std::size_t offset, const Mode& mode) {
  const Found found = find_at(text, offset);
  if (found.text == "}" && !mode.open.empty() && text[mode.open.back()] == '{') {
    const Found hole{.shape = Shape::opener, .begin = mode.open.back(), .end = found.end, .text = {}};
    return at_token(Code::bad_hole, hole, "a hole is empty", "a brace that is text is written twice: `{{` and `}}`");
  }
  return missing_value(text, offset, mode);
}

}  // namespace

SyntaxError describe(Expected expected, std::string_view text, std::size_t offset, const Mode& mode) {
  switch (expected) {
    case Expected::value:
      return missing_value(text, offset, mode);
    case Expected::hole_value:
      return missing_hole_value(text, offset, mode);
    case Expected::condition_end:
      return after_value(text, find_at(text, offset), "the end of the line");
    case Expected::entry_end:
      return after_value(text, find_at(text, offset), "`:`, `,` or the end of the line");
    case Expected::close_round:
      return missing_close(')', text, offset, mode);
    case Expected::close_square:
      return missing_close(']', text, offset, mode);
    case Expected::close_brace: {
      const Found found = find_at(text, offset);
      if (found.shape == Shape::end || found.shape == Shape::closer) return missing_close('}', text, offset, mode);
      return missing_value(text, offset, mode);
    }
    case Expected::close_hole:
      return bad_hole(text, offset, mode);
    case Expected::close_quote:
      if (offset < text.size() && text[offset] == '}') return stray_brace(text, offset);
      return unclosed(text, mode, Code::unclosed_string, "a string is never closed");
    case Expected::close_raw_quote: {
      SyntaxError error = unclosed(text, mode, Code::unclosed_string, "a string is never closed");
      error.help = "a quote within '…' is written twice";
      return error;
    }
    case Expected::escape:
      return bad_escape(text, offset);
    case Expected::then_word:
      return keyword("then", text, offset);
    case Expected::else_word:
      return keyword("else", text, offset);
    case Expected::arrow:
      return keyword("->", text, offset);
    case Expected::arms:
      return missing_arms(text, offset);
    case Expected::binder_block:
      return missing_binder_block(text, offset, mode);
    case Expected::predicate:
      return missing_predicate(text, offset);
    case Expected::member_name:
      return missing_member(text, offset);
    case Expected::definition:
      return missing_definition(text, offset);
    case Expected::end_of_text:
      return missing_value(text, offset, mode);
    case Expected::end_of_expression:
      return after_value(text, find_at(text, offset), "the end of the text");
    case Expected::end_of_template:
      return stray_brace(text, offset);
    case Expected::no_other_connective:
      return mixed_connectives(text, offset);
    case Expected::no_other_comparison:
      return second_comparison(text, offset);
  }
  return {};
}

SyntaxError too_deep(std::size_t offset, std::size_t most) {
  return {.code = Code::nesting_too_deep,
          .begin = offset,
          .end = offset + 1,
          .message = "nested more than " + std::to_string(most) + " deep",
          .help = "name the inner parts in Let",
          .fixes = {},
          .opened_at = SyntaxError::no_offset};
}

}  // namespace picket::syntax
