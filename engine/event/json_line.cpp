#include "engine/event/json_line.hpp"

#include <cstddef>
#include <optional>

#include "grammar/text/unicode.hpp"

namespace picket {

std::string printable_name(std::string_view name) {
  std::string printable;
  while (const std::optional<std::size_t> broken = find_invalid_utf8(name)) {
    printable += name.substr(0, *broken);
    printable += "\xEF\xBF\xBD";
    name.remove_prefix(*broken + 1);
  }
  printable += name;
  return printable;
}

}  // namespace picket
