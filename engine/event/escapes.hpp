// Escapes within the strings of JSON (RFC 8259, section 7).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace picket {

// Whether the character behind a backslash makes an escape of RFC 8259 with what stands around it: a surrogate needs
// its other half, before or behind. REQUIRES: eight readable bytes before and behind it.
[[nodiscard]] bool is_valid_escape(const char* escaped);

// Decodes the inside of a JSON string. Returns the length written to `out`, which is never more than the source's.
// REQUIRES: the escapes are valid; 16 readable bytes behind `raw`, as many writable ones behind its length at `out`.
std::size_t unescape(std::string_view raw, char* out);

// A text as the inside of a string, in one certain way: a backslash only before what must have one, and for the control
// characters that have a letter; other control characters stay as they are.
[[nodiscard]] std::string escape(std::string_view text);

}  // namespace picket
