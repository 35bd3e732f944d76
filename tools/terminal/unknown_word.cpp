#include "tools/terminal/unknown_word.hpp"

#include "grammar/text/nearest.hpp"
#include "grammar/text/suggestion.hpp"
#include "tools/terminal/display.hpp"

namespace picket {

std::string or_nearest(std::string_view written, const std::vector<std::string>& known, std::string_view otherwise) {
  const auto meant = nearest(written, known);
  return meant ? "; " + did_you_mean(escape_controls(*meant)) : std::string(otherwise);
}

std::string unknown_word(std::string_view kind, std::string_view written, const std::vector<std::string>& known,
                         std::string_view otherwise) {
  return "there is no " + std::string(kind) + " `" + escape_controls(written) + "`" +
         or_nearest(written, known, otherwise);
}

}  // namespace picket
