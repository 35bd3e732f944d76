// What Unicode says of a letter, as far as title() asks. Internal to engine/pattern: an engine for browsers, which has
// no room for what ICU's own functions bring along, has another source of it.
#pragma once

#include <string>

namespace picket::letter {

// One of ICU's UWordBreakValues: the property Word_Break of UAX #29.
[[nodiscard]] int word_break_of(char32_t code_point);
// Whether it is an upper, lower or title case letter.
[[nodiscard]] bool has_case(char32_t code_point);
// Adds it as a word's first letter, which may be several: `Ss` for `ß`.
void append_title(std::string& out, char32_t code_point);

}  // namespace picket::letter
