// How messages quote what the author wrote.
#pragma once

#include <string>
#include <string_view>

namespace picket {

// The text between backquotes; of a long one, or one of several lines, the beginning and `…`, so that a message stays a
// line.
[[nodiscard]] std::string backquoted(std::string_view written);

}  // namespace picket
