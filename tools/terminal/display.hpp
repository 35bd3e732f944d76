// Text from outside made fit for a terminal: nothing in it can move the cursor, change colours or turn the direction of
// reading; and its width in columns.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace picket {

// Control characters, bidirectional controls, invisible format characters and bytes that are no UTF-8 are written out:
// `\n`, `\x1b`, `\u{202e}`. Everything else, tabs included if `keep_tabs`, stays.
[[nodiscard]] std::string escape_controls(std::string_view text, bool keep_tabs = false);

// Columns that a code point takes on a terminal: 0 for combining marks, 2 for wide characters (Unicode East Asian Width
// W and F), else 1.
[[nodiscard]] std::size_t columns_of(char32_t code_point);
// Of a text without control characters. REQUIRES: well-formed UTF-8.
[[nodiscard]] std::size_t columns_of(std::string_view text);

// The text cut to `columns`, with "…" as its last column if anything was cut. REQUIRES: well-formed UTF-8, columns
// >= 1.
[[nodiscard]] std::string shorten(std::string_view text, std::size_t columns);

// The text broken at blanks into lines of `columns`, of which `indent` are blanks in all but the first. A word that is
// longer stays whole. REQUIRES: well-formed UTF-8.
[[nodiscard]] std::string wrap(std::string_view text, std::size_t columns, std::size_t indent);

}  // namespace picket
