// JSON for reading, and the parts of JSON files that are written piece by piece.
#pragma once

#include <string>
#include <string_view>

#include "engine/event/value.hpp"

namespace picket::site {

// A line for each entry, two blanks of indentation; short lists on one line.
[[nodiscard]] std::string pretty_json(const Value& value);

// Appends the text as a JSON string; bytes that are no UTF-8 as U+FFFD.
void append_json_string(std::string& out, std::string_view text);

}  // namespace picket::site
