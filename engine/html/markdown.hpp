// Markdown (CommonMark) in rules' texts, as HTML. Owns MD4C.
#pragma once

#include <string_view>

#include "engine/html/html.hpp"

namespace picket {

// The text as HTML. Raw HTML in it is text; a link whose URL is not safe (Url::is_safe) is its text alone; a picture is
// its alternative text, for it would be fetched from elsewhere. Headings are one kind of paragraph: a description has
// no say in a page's outline. Any bytes will do. HTML of more than `most` bytes is not made of it: what is so long, or
// nested so deep, is shown as it is written, and cut where that is too long as well.
[[nodiscard]] Html markdown(std::string_view text, std::size_t most);

}  // namespace picket
