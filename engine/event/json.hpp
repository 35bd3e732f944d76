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
  std::string reason;      // a word or two, stable: "not UTF-8", "nested too deep", "unexpected end", "invalid number" …
  std::size_t offset = 0;  // byte in the text, as near to the fault as the reader knows
};

// Reads one JSON text with blanks around it. Duplicate keys: the last wins. Integers of any size keep their value; a
// number out of a double's range, NaN, invalid UTF-8, a lone surrogate or anything after the text is an error. Reads
// nothing beyond `text`, which need not be padded. Never throws; safe from any thread.
[[nodiscard]] std::variant<Value, JsonError> read_json(std::string_view text, const JsonLimits& limits = {});

}  // namespace picket
