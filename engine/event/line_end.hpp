// Where lines end, and what a look at all their bytes tells besides.
#pragma once

#include <cstddef>
#include <string_view>

namespace picket {

struct LineEnd {
  std::size_t at = 0;             // of the line end, or of the end of the text
  bool has_escapes = false;       // a backslash stands on the line …
  bool escapes_are_valid = true;  // … and each begins an escape of RFC 8259; a surrogate has its other half
  // Between these places stands everything beyond ASCII, and every escape that escape() would write otherwise.
  std::size_t odd_begin = static_cast<std::size_t>(-1);
  std::size_t odd_end = 0;

  // Whether all of a part of the line is ASCII, its escapes written as escape() does. Never true for what is not.
  [[nodiscard]] bool is_plain(std::size_t begin, std::size_t end) const { return end <= odd_begin || begin >= odd_end; }
};

// The end of the line that begins at `from`. REQUIRES: 64 readable bytes behind the text.
[[nodiscard]] LineEnd find_line_end(std::string_view text, std::size_t from);
// The same of a whole text, which may go over several lines.
[[nodiscard]] LineEnd find_text_end(std::string_view text);

}  // namespace picket
