// Reading the literals of the language out of their spelling.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace picket::syntax {

// The text of "…" with its escapes (RFC 8259) decoded; `quoted` is without its quotes. A lone surrogate becomes U+FFFD.
[[nodiscard]] std::string decode_escapes(std::string_view quoted);

// The text of '…', without its quotes: `''` is a quote.
[[nodiscard]] std::string decode_raw(std::string_view quoted);

// The text of a run of a template: `{{` and `}}` are braces.
[[nodiscard]] std::string decode_braces(std::string_view run);

// Whether the text is a number as JSON writes it, without a sign, and within a double's range.
[[nodiscard]] bool is_number(std::string_view text);

// A duration such as 500ms, 30s, 5m, 12h, 7d or 4w in microseconds; nothing for anything else, or if it does not fit.
[[nodiscard]] std::optional<std::int64_t> read_duration(std::string_view text);

}  // namespace picket::syntax
