// Reading JSON (RFC 8259) into Values. The door for everything that is JSON: events, `json()`, test expectations.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

#include "engine/event/value.hpp"

namespace picket {

struct JsonLimits {
  std::size_t nesting = 128;  // arrays and objects within one another
};

// Why a text is not JSON, and where.
struct JsonError {
  // One of: "not UTF-8", "nested too deep", "unexpected end", "unexpected text", "invalid number", "number out of
  // range", "invalid string" (a control character, a bad escape, a lone surrogate).
  std::string reason;
  std::size_t offset = 0;  // byte in the text, as near to the fault as the reader knows
};

// Reads one JSON text with blanks around it. Duplicate keys: the last wins. Integers keep every digit; a number out of
// a double's range (an integer of more than 308 digits, too), NaN, invalid UTF-8, a byte order mark, a lone surrogate
// or anything after the text is an error. Reads nothing beyond `text`, which need not be padded. Safe from any thread.
[[nodiscard]] std::variant<Value, JsonError> read_json(std::string_view text, const JsonLimits& limits = {});

}  // namespace picket
