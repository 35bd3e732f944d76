#include "engine/analyse/checked.hpp"

namespace picket {

std::string written_at(const Site& site) {
  std::string line;
  for (const char c : site.source->text(site.span)) {
    const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!blank) line += c;
    if (blank && !line.empty() && line.back() != ' ') line += ' ';
  }
  while (line.ends_with(' ')) line.pop_back();
  return line;
}

}  // namespace picket
