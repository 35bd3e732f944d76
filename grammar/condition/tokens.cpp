#include "grammar/condition/tokens.hpp"

#include <string_view>

#include "grammar/ast/operators.hpp"

namespace picket::syntax {

namespace {

// Eats blanks and comments, and newlines if told to.
void skip_blanks(Input& in, bool newlines) {
  while (!in.empty()) {
    const char c = in.peek_char();
    if (c == ' ' || c == '\t' || c == '\r' || (newlines && c == '\n')) {
      in.bump();
    } else if (c == '#') {
      while (!in.empty() && in.peek_char() != '\n') in.bump();
    } else {
      return;
    }
  }
}

std::size_t identifier_length(const Input& in) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  if (in.empty() || !letter(in.peek_char())) return 0;
  std::size_t length = 1;
  while (length < in.size() && (letter(in.peek_char(length)) || digit(in.peek_char(length)))) ++length;
  return length;
}

// Whether a value stands behind `in cidr` on the line; `x in cidr` alone asks whether x is in the field of that name.
bool value_follows(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size() && (text[at] == ' ' || text[at] == '\t')) ++at;
  if (at == text.size() || std::string_view("\r\n)]},;#?").find(text[at]) != std::string_view::npos) return false;
  if (at == 0) return text[0] == '[' || text[0] == '"' || text[0] == '\'' || text[0] == '(' || text[0] == '~';
  std::size_t end = at;
  while (end < text.size() && text[end] >= 'a' && text[end] <= 'z') ++end;
  const std::string_view word = text.substr(at, end - at);
  return word != "and" && word != "or" && word != "then" && word != "else";
}

// The bytes of the comparison operator with which the text begins, or 0.
std::size_t operator_length(std::string_view text) {
  const auto run_of = [&](auto belongs) {
    std::size_t length = 0;
    while (length < text.size() && belongs(text[length])) ++length;
    return length;
  };
  const std::size_t letters = run_of(
      [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c >= '0' && c <= '9'); });
  if (letters != 0) {
    const std::string_view word = text.substr(0, letters);
    if (!op_from_spelling(word)) return 0;
    if (word != "in") return letters;
    std::size_t at = letters;
    while (at < text.size() && (text[at] == ' ' || text[at] == '\t')) ++at;
    if (at == letters || !text.substr(at).starts_with("cidr")) return letters;
    at += 4;
    return value_follows(text.substr(at)) ? at : letters;
  }
  std::size_t signs = run_of([](char c) { return c == '=' || c == '<' || c == '>' || c == '!'; });
  if (text.substr(0, 2) == "=~") signs = 2;
  return op_from_spelling(text.substr(0, signs)) ? signs : 0;
}

}  // namespace

bool ws::match(Input& in, const Mode& mode) {
  skip_blanks(in, mode.newlines_are_blanks);
  return true;
}

bool lines::match(Input& in, const Mode&) {
  skip_blanks(in, true);
  return true;
}

bool free_name::match(Input& in, const Mode&) {
  const std::size_t length = identifier_length(in);
  if (length == 0 || is_reserved({in.current(), length})) return false;
  in.bump_in_this_line(length);
  return true;
}

bool op_token::match(Input& in, Mode& mode) {
  const std::size_t length = operator_length({in.current(), in.size()});
  if (length == 0) return false;
  mode.operator_begin = offset_of(in);
  mode.operator_end = mode.operator_begin + length;
  in.bump_in_this_line(length);
  return true;
}

}  // namespace picket::syntax
