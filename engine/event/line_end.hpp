// Where lines end, and what a look at all their bytes tells besides.
#pragma once

#include <cstddef>
#include <string_view>

namespace picket {

struct LineEnd {
  std::size_t at = 0;                 // of the line end, or of the end of the text
  bool has_escapes = false;           // a backslash stands on the line …
  bool escapes_are_valid = true;      // … and each begins an escape of RFC 8259; a surrogate has its other half
  bool escapes_are_canonical = true;  // … as escape() would write it
  bool is_ascii = true;
};

// The end of the line that begins at `from`. REQUIRES: 64 readable bytes behind the text.
[[nodiscard]] LineEnd find_line_end(std::string_view text, std::size_t from);
// The same of a whole text, which may go over several lines.
[[nodiscard]] LineEnd find_text_end(std::string_view text);

}  // namespace picket
