// What stands at the place of a failure, and how an error about it begins. Internal to grammar/condition.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "grammar/condition/failure.hpp"

namespace picket::syntax {

enum class Shape : std::uint8_t { end, newline, word, sign, literal, opener, closer, punctuation, stranger };

struct Found {
  Shape shape = Shape::end;
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string_view text;
};

[[nodiscard]] Shape shape_of(char c);
// Where a token of this shape ends that begins there.
[[nodiscard]] std::size_t token_end(std::string_view text, std::size_t begin, Shape shape);
// The next token on the line; a remark is none.
[[nodiscard]] Found find_at(std::string_view text, std::size_t offset);
// The next token wherever it stands, past newlines.
[[nodiscard]] Found find_beyond_lines(std::string_view text, std::size_t offset);
// The word that ends right before `offset`, but for blanks; of shape `end` if there is none on the line.
[[nodiscard]] Found word_before(std::string_view text, std::size_t offset);

// In backquotes, cut off where it is long.
[[nodiscard]] std::string quoted(std::string_view text);
[[nodiscard]] SyntaxError at_token(Code code, const Found& found, std::string message, std::string help = {});
void add_fix(SyntaxError& error, std::size_t begin, std::size_t end, std::string text, bool certain = false);

}  // namespace picket::syntax
