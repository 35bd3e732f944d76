// What Sigma's modifiers make of a value before it is compared (specification 2.1, appendix "Modifiers").
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "engine/sigma/wild_text.hpp"

namespace picket::sigma {

// UTF-16 without a byte order mark. REQUIRES: well-formed UTF-8.
[[nodiscard]] std::string to_utf16(std::string_view text, bool big_endian);

// What of the Base64 of a longer text is sure to stand there if `bytes` stand in it, at each of the three places that
// they may have in a group of three bytes. The first and last letters, which depend on the neighbours, are left out.
[[nodiscard]] std::array<std::string, 3> base64_offsets(std::string_view bytes);

// Every text that comes of putting any of the dashes `-`, `/`, en dash, em dash and horizontal bar where a `-` or `/`
// begins a word. If there would be more than `most`, which can be sought all at once, one text with wildcards for the
// dashes.
[[nodiscard]] std::vector<WildText> with_any_dash(const WildText& text, std::size_t most);

}  // namespace picket::sigma
