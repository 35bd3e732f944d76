// Base64 (RFC 4648, section 4): the standard alphabet, with padding.
#pragma once

#include <string>
#include <string_view>

namespace picket {

[[nodiscard]] std::string to_base64(std::string_view bytes);

}  // namespace picket
