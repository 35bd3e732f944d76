// Where the next value begins after a broken one: guesses, the best there are.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace picket {

// The first key of an object's text as it is written, or nothing: `{"eventVersion": …` has "eventVersion".
[[nodiscard]] std::string_view first_key(std::string_view object);

// For values over several lines, as printers indent them: the next line that is indented no deeper than the line on
// which the broken value began, and on which a value begins or, within an array, the array ends. `text` begins
// with the broken value; lines before `from` are not asked. Returns where to cut.
[[nodiscard]] std::optional<std::size_t> find_line_cut(std::string_view text, std::size_t from, std::size_t indent,
                                                       bool in_array);

// For values on one line: the next object after a comma whose first key is `key` (elements of one array begin alike);
// else the next after a comma at or behind `from`. Neither is sure: objects nested in the broken value look the same.
[[nodiscard]] std::optional<std::size_t> find_sibling(std::string_view line, std::size_t from, std::string_view key);

}  // namespace picket
