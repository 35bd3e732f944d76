// Markdown (CommonMark) in rules' texts, as HTML. Owns MD4C.
#pragma once

#include <string_view>

#include "engine/html/html.hpp"

namespace picket {

// The text as HTML. Raw HTML in it is text; a link whose URL is not safe (Url::is_safe) is its text alone; a picture is
// its alternative text, for it would be fetched from elsewhere. Headings are one kind of paragraph: a description has
// no say in a page's outline. Any bytes will do.
[[nodiscard]] Html markdown(std::string_view text);

}  // namespace picket
