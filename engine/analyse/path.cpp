
#include "engine/analyse/checked.hpp"
#include "grammar/ast/print.hpp"
#include "grammar/text/ascii.hpp"

namespace picket {
namespace {

void append_key(std::string& path, const std::string& key) {
  if (is_identifier(key)) {
    path += (path.empty() ? "" : ".") + key;
  } else {
    path += (path.empty() ? "$[" : "[") + print_string(key) + "]";
  }
}

}  // namespace

std::string print_path(const std::vector<PathStep>& path) {
  std::string text;
  for (const PathStep& step : path) {
    if (const auto* index = std::get_if<std::int64_t>(&step)) {
      text += "[" + std::to_string(*index) + "]";
    } else {
      append_key(text, std::get<std::string>(step));
    }
  }
  return text;
}

}  // namespace picket
