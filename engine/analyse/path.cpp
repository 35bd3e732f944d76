#include <algorithm>
#include <cctype>

#include "engine/analyse/checked.hpp"
#include "grammar/ast/print.hpp"

namespace picket {
namespace {

bool is_name(std::string_view key) {
  const auto fits = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; };
  return !key.empty() && std::isdigit(static_cast<unsigned char>(key.front())) == 0 && std::ranges::all_of(key, fits);
}

void append_key(std::string& path, const std::string& key) {
  if (is_name(key)) {
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
