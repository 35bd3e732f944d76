#include "grammar/text/backquoted.hpp"

#include <algorithm>

namespace picket {

std::string backquoted(std::string_view written) {
  constexpr std::size_t longest = 80;  // bytes
  std::size_t end = std::min(written.find_first_of("\r\n"), written.size());
  if (end > longest) {
    end = longest;
    while (end > 0 && (static_cast<unsigned char>(written[end]) & 0xc0) == 0x80) --end;  // not within a character
  }
  return "`" + std::string(written.substr(0, end)) + (end < written.size() ? "…`" : "`");
}

}  // namespace picket
