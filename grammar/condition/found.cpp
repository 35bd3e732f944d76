#include "grammar/condition/found.hpp"

#include <algorithm>
#include <utility>

#include "grammar/text/ascii.hpp"
#include "grammar/text/unicode.hpp"

namespace picket::syntax {
namespace {

bool is_sign(char c) { return std::string_view("=<>!~&|^").find(c) != std::string_view::npos; }

}  // namespace

Shape shape_of(char c) {
  if (c == '\n') return Shape::newline;
  if (is_letter(c) || c == '_') return Shape::word;
  if (is_sign(c)) return Shape::sign;
  if (is_digit(c) || c == '"' || c == '\'') return Shape::literal;
  if (c == '(' || c == '[' || c == '{') return Shape::opener;
  if (c == ')' || c == ']' || c == '}') return Shape::closer;
  if (std::string_view(".,:;$+-*/%?").find(c) != std::string_view::npos) return Shape::punctuation;
  return Shape::stranger;
}

std::size_t token_end(std::string_view text, std::size_t begin, Shape shape) {
  const auto run = [&](auto belongs) {
    std::size_t end = begin;
    while (end < text.size() && belongs(text[end])) ++end;
    return end;
  };
  switch (shape) {
    case Shape::end:
      return begin;
    case Shape::word:
      return run(is_name_byte);
    case Shape::sign:
      return run(is_sign);
    case Shape::literal: {
      if (is_digit(text[begin])) return run(is_name_byte);
      const std::size_t close = text.find_first_of(std::string{text[begin], '\n'}, begin + 1);
      return close == std::string_view::npos ? text.size() : text[close] == '\n' ? close : close + 1;
    }
    case Shape::stranger: {
      if (find_invalid_utf8(text.substr(begin, 4)) == 0U) return begin + 1;
      std::size_t end = begin;
      static_cast<void>(next_code_point(text, end));
      return end;
    }
    case Shape::newline:
    case Shape::opener:
    case Shape::closer:
    case Shape::punctuation:
      return begin + 1;
  }
  return begin + 1;
}

Found find_at(std::string_view text, std::size_t offset) {
  while (offset < text.size() && (text[offset] == ' ' || text[offset] == '\t' || text[offset] == '\r')) ++offset;
  if (offset < text.size() && text[offset] == '#') offset = std::min(text.find('\n', offset), text.size());
  if (offset >= text.size()) return {.shape = Shape::end, .begin = text.size(), .end = text.size(), .text = {}};
  const Shape shape = shape_of(text[offset]);
  const std::size_t end = token_end(text, offset, shape);
  return {.shape = shape, .begin = offset, .end = end, .text = text.substr(offset, end - offset)};
}

Found find_beyond_lines(std::string_view text, std::size_t offset) {
  Found found = find_at(text, offset);
  while (found.shape == Shape::newline) found = find_at(text, found.end);
  return found;
}

Found word_before(std::string_view text, std::size_t offset) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t'; };
  const auto belongs = is_name_byte;
  std::size_t end = offset;
  while (end > 0 && is_blank(text[end - 1])) --end;
  std::size_t begin = end;
  while (begin > 0 && belongs(text[begin - 1])) --begin;
  if (begin == end) return {.shape = Shape::end, .begin = end, .end = end, .text = {}};
  return {.shape = Shape::word, .begin = begin, .end = end, .text = text.substr(begin, end - begin)};
}

std::string quoted(std::string_view text) {
  constexpr std::size_t longest = 40;
  std::string shown(text.substr(0, longest));
  while (find_invalid_utf8(shown).has_value() && !shown.empty()) shown.pop_back();
  return "`" + shown + (text.size() > longest ? "…`" : "`");
}

SyntaxError at_token(Code code, const Found& found, std::string message, std::string help) {
  return {.code = code,
          .begin = found.begin,
          .end = found.end,
          .message = std::move(message),
          .help = std::move(help),
          .fixes = {},
          .opened_at = SyntaxError::no_offset};
}

void add_fix(SyntaxError& error, std::size_t begin, std::size_t end, std::string text, bool certain) {
  std::string title = "write " + quoted(text);
  error.fixes.push_back(
      {.title = std::move(title), .begin = begin, .end = end, .text = std::move(text), .certain = certain});
}

}  // namespace picket::syntax
