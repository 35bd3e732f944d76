// The few questions asked of raw YAML text: where the next token is, where a word ends.
#pragma once

#include <cstdint>
#include <string_view>

#include "grammar/text/source.hpp"

namespace picket::yaml {

[[nodiscard]] constexpr bool is_blank(char c) { return c == ' ' || c == '\t'; }
[[nodiscard]] constexpr bool is_space(char c) { return is_blank(c) || c == '\n' || c == '\r'; }
// Written as null; so is nothing at all.
[[nodiscard]] bool is_null_word(std::string_view text);

// Past white space and comments.
[[nodiscard]] std::uint32_t next_token(std::string_view file, std::uint32_t at);

// Past the anchor, alias or tag at `at`.
[[nodiscard]] std::uint32_t skip_word(std::string_view file, std::uint32_t at);

// The character at `at`, all its bytes; empty at the end of the file.
[[nodiscard]] SourceSpan character_at(std::string_view file, std::uint32_t at);

// Anchors and tags before a node.
struct Properties {
  bool any = false;
  std::uint32_t end = 0;   // past the last of them
  std::uint32_t next = 0;  // the token after them
};
[[nodiscard]] Properties skip_properties(std::string_view file, std::uint32_t at);

// The letters at `at` up to white space or an indicator that ends a plain word.
[[nodiscard]] std::string_view plain_word(std::string_view file, std::uint32_t at);

// The span of the line that holds `at`, without its line end; and the blanks that it begins with.
struct RawLine {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t text = 0;  // the first byte that is neither blank nor tab
};
[[nodiscard]] RawLine raw_line(std::string_view file, std::uint32_t at);

}  // namespace picket::yaml
