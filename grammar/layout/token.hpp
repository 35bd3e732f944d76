// A text of the language as the tokens that its author wrote, comments and line breaks among them. Internal to
// grammar/layout.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/condition/node.hpp"

namespace picket::layout {

enum class Role : std::uint8_t { word, open, close, comma, semicolon, colon, arrow, equals, comment };

// What a bracket encloses. Round brackets and indices end no lines; in the others a newline separates.
enum class Bracket : std::uint8_t { none, block, object, list, round, index };

struct Token {
  Role role = Role::word;
  Bracket bracket = Bracket::none;  // of open and close
  std::uint32_t begin = 0;          // in the author's text; where it is an insertion, begin == end
  std::uint32_t end = 0;
  std::string text{};        // in its canonical spelling
  std::uint32_t breaks = 0;  // newlines before it
  std::uint32_t blanks = 1;  // before it, if it does not begin a line
  bool glued_left = false;   // no blank before it, whatever stands there
  bool glued_right = false;  // nor after it
  bool wants_more = false;   // it ends no line: what follows, follows
  bool continues = false;    // it begins no line of its own: `and`, `then` …
};

struct Spelling {
  bool quotes = true;  // strings in the canonical quotes; holes and quoted YAML keep theirs
};

// The tokens of the part of `text` at [begin, end). `tree` is the parse tree of the text.
[[nodiscard]] std::vector<Token> tokenize(std::string_view text, const syntax::ParseNode& tree, std::size_t begin,
                                          std::size_t end, const Spelling& spelling);

// The tokens on one line.
[[nodiscard]] std::string on_one_line(const std::vector<Token>& tokens);

}  // namespace picket::layout
