// The few Unicode questions that syntax asks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace picket {

// The offset of the first byte that is not well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms), or nothing.
[[nodiscard]] std::optional<std::size_t> find_invalid_utf8(std::string_view text);

// Appends the UTF-8 form of a code point. REQUIRES: a Unicode scalar value.
void append_utf8(std::string& to, char32_t code_point);

// Decodes the code point at `offset` and moves `offset` past it. REQUIRES: well-formed UTF-8, offset < size.
[[nodiscard]] char32_t next_code_point(std::string_view text, std::size_t& offset);

[[nodiscard]] std::size_t count_code_points(std::string_view text);

// The text with every byte that is no UTF-8 replaced by U+FFFD: for JSON and XML, where there is no way to keep it.
[[nodiscard]] std::string valid_utf8(std::string_view text);

}  // namespace picket
