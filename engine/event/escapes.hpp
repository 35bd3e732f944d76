// Escapes within the strings of JSON (RFC 8259, section 7).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace picket {

// Whether the character behind a backslash makes an escape of RFC 8259 with what stands behind it. A surrogate needs
// its other half: `behind_high`, whether the escape right before this one is a high one. REQUIRES: ten readable bytes
// behind.
[[nodiscard]] bool is_valid_escape(const char* escaped, bool behind_high);
// Whether an escape, which is valid, is the first of a pair of surrogates.
[[nodiscard]] bool is_high_surrogate(const char* escaped);

// Decodes the inside of a JSON string. Returns the length written to `out`, which is never more than the source's.
// REQUIRES: the escapes are valid; 16 readable bytes behind `raw`, as many writable ones behind its length at `out`.
std::size_t unescape(std::string_view raw, char* out);

// A text as the inside of a string, in one certain way: a backslash only before what must have one, and for the control
// characters that have a letter; other control characters stay as they are.
[[nodiscard]] std::string escape(std::string_view text);
void append_escaped(std::string_view text, std::string& out);

}  // namespace picket
