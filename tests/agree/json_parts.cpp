#include "tests/agree/json_parts.hpp"

#include <algorithm>

namespace picket::tests {
namespace {

// The offset behind the string that begins at `at`.
std::size_t past_string(std::string_view text, std::size_t at) {
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      return i + 1;
    }
  }
  return text.size();
}

// A bracket that is open: where its first part begins, and whether a comma stands before that.
struct Open {
  std::size_t part = 0;
  bool comma_before = false;
};

// Ends the part at a comma or the closing bracket.
void end_part(std::vector<JsonPart>& parts, Open& open, std::size_t at, bool comma_behind) {
  if (comma_behind && !open.comma_before) {
    parts.push_back({open.part, at + 1 - open.part});
  } else {
    const std::size_t begin = open.comma_before ? open.part - 1 : open.part;
    parts.push_back({begin, at - begin});
  }
  open = {at + 1, comma_behind};
}

}  // namespace

std::vector<JsonPart> json_parts(std::string_view text) {
  std::vector<JsonPart> parts;
  std::vector<Open> open;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (c == '"') {
      i = past_string(text, i);
      continue;
    }
    if (c == '{' || c == '[') open.push_back({i + 1, false});
    if (!open.empty() && (c == ',' || c == '}' || c == ']')) end_part(parts, open.back(), i, c == ',');
    if (!open.empty() && (c == '}' || c == ']')) open.pop_back();
    ++i;
  }
  std::erase_if(parts, [](const JsonPart& part) { return part.size == 0; });
  std::ranges::stable_sort(parts, [](const JsonPart& a, const JsonPart& b) { return a.size > b.size; });
  return parts;
}

}  // namespace picket::tests
