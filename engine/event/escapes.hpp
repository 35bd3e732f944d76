// Ends of lines and escapes within strings: what the structural index does not tell.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace picket {

struct LineEnd {
  std::size_t at = 0;             // of the line end, or of the end of the text
  bool has_escapes = false;       // a backslash stands on the line …
  bool escapes_are_valid = true;  // … and each begins an escape of RFC 8259; a surrogate has its other half
};

// The end of the line that begins at `from`. REQUIRES: 64 readable bytes behind the text.
[[nodiscard]] LineEnd find_line_end(std::string_view text, std::size_t from);

// Decodes the inside of a JSON string. Returns the length written to `out`, which is never more than the source's.
// REQUIRES: the escapes are valid; 16 readable bytes behind `raw`, as many writable ones behind its length at `out`.
std::size_t unescape(std::string_view raw, char* out);

}  // namespace picket
