#include "grammar/condition/habits.hpp"

#include <array>
#include <string>
#include <utility>

#include "grammar/ast/operators.hpp"
#include "grammar/text/ascii.hpp"

namespace picket::syntax {
namespace {

char byte_before(std::string_view text, const Found& found) { return found.begin == 0 ? ' ' : text[found.begin - 1]; }

// Questions that other languages ask by a word behind the field.
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> questions{{{"exists", "is not null"},
                                                                                  {"missing", "is null"},
                                                                                  {"isnull", "is null"},
                                                                                  {"isempty", "is empty"},
                                                                                  {"isnotempty", "is not empty"}}};

// Whether a condition begins there.
bool begins_condition(std::string_view text, std::size_t offset) {
  const Found word = word_before(text, offset);
  if (word.shape == Shape::word) return word.text == "and" || word.text == "or" || word.text == "not";
  return word.begin == 0 || std::string_view("\n({[,=:").find(text[word.begin - 1]) != std::string_view::npos;
}

}  // namespace

std::optional<SyntaxError> habit_at_operator(std::string_view text, const Found& found) {
  if (found.shape != Shape::word) return std::nullopt;
  const char before = byte_before(text, found);
  if (before == '\'') {
    return at_token(Code::unexpected_token, found, quoted(found.text) + " stands right behind a text in '…'",
                    "a quote within '…' is written twice, `'it''s'`; within \"…\" it stands as it is");
  }
  if (before == '$') {
    SyntaxError error =
        at_token(Code::unexpected_token, found, "`$` is the whole event, and a field of it stands behind a dot");
    add_fix(error, found.begin - 1, found.end, "$." + std::string(found.text), true);
    return error;
  }
  if (const Found word = word_before(text, found.begin); word.text != "not" && ascii_equal_folded(word.text, "not")) {
    SyntaxError error = at_token(Code::unknown_operator, word, quoted(word.text) + " is no word of the language");
    add_fix(error, word.begin, word.end, "not", true);
    return error;
  }
  for (const auto& [word, meant] : questions) {
    if (!ascii_equal_folded(found.text, word)) continue;
    SyntaxError error = at_token(Code::unknown_operator, found, quoted(found.text) + " is no operator");
    add_fix(error, found.begin, found.end, std::string(meant));
    return error;
  }
  return std::nullopt;
}

std::optional<SyntaxError> habit_at_operand(std::string_view text, const Found& found) {
  const Found op = word_before(text, found.begin);
  if (op.shape != Shape::word || !op_from_spelling(op.text)) return std::nullopt;
  if (const Found is = word_before(text, op.begin); is.text == "is") {
    SyntaxError error =
        at_token(Code::unexpected_token, is, "`is` stands before a kind, and this is the operator " + quoted(op.text));
    add_fix(error, is.begin, op.end, std::string(op.text), true);
    return error;
  }
  if (!begins_condition(text, op.begin)) return std::nullopt;
  return at_token(Code::missing_operand, op, quoted(op.text) + " lacks a value on its left",
                  "each line names the field that it asks");
}

std::optional<SyntaxError> habit_at_value(std::string_view text, const Found& found) {
  if (found.text != "/") return std::nullopt;
  if (byte_before(text, found) == '/') {
    SyntaxError error = at_token(Code::unexpected_token, found, "a remark begins with `#`");
    error.begin = found.begin - 1;
    add_fix(error, found.begin - 1, found.end, "#", true);
    return error;
  }
  return at_token(Code::unexpected_token, found, "no value begins with `/`",
                  "a regex is a text: `matches 'x[0-9]+'`, and `matches~` ignores case");
}

}  // namespace picket::syntax
