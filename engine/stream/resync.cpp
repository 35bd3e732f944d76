#include "engine/stream/resync.hpp"

namespace picket {
namespace {

constexpr std::size_t longest_key = 256;

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && (text[at] == ' ' || text[at] == '\t' || text[at] == '\r')) ++at;
  return at;
}

// The object that follows on a line that begins with `},`.
std::optional<std::size_t> object_after_close(std::string_view text, std::size_t at) {
  at = skip_blanks(text, at + 1);
  if (at >= text.size() || text[at] != ',') return std::nullopt;
  at = skip_blanks(text, at + 1);
  if (at >= text.size() || text[at] != '{') return std::nullopt;
  return at;
}

// The next `{` after a comma, not before `from`.
std::optional<std::size_t> next_after_comma(std::string_view line, std::size_t from) {
  for (std::size_t comma = line.find(',', from); comma != std::string_view::npos; comma = line.find(',', comma + 1)) {
    const std::size_t at = skip_blanks(line, comma + 1);
    if (at < line.size() && line[at] == '{') return at;
  }
  return std::nullopt;
}

}  // namespace

std::string_view first_key(std::string_view object) {
  if (!object.starts_with('{')) return {};
  const std::size_t begin = object.find_first_not_of(" \t\r\n", 1);
  if (begin == std::string_view::npos || object[begin] != '"') return {};
  const std::string_view rest = object.substr(begin + 1, longest_key);
  const std::size_t length = rest.find('"');
  return length == std::string_view::npos ? std::string_view{} : rest.substr(0, length);
}

std::optional<std::size_t> find_line_cut(std::string_view text, std::size_t from, std::size_t indent, bool in_array) {
  for (std::size_t end = text.find('\n', from); end != std::string_view::npos; end = text.find('\n', end + 1)) {
    const std::size_t line = end + 1;
    const std::size_t at = skip_blanks(text, line);
    if (at >= text.size() || at - line > indent) continue;
    if (text[at] == '{' || text[at] == '[' || (in_array && text[at] == ']')) return line;
    if (in_array && text[at] == '}') {
      if (const auto object = object_after_close(text, at)) return object;
    }
  }
  return std::nullopt;
}

std::optional<std::size_t> find_sibling(std::string_view line, std::size_t from, std::string_view key) {
  if (!key.empty()) {
    for (auto at = next_after_comma(line, 1); at; at = next_after_comma(line, *at)) {
      if (first_key(line.substr(*at)) == key) return at;
    }
  }
  // The break itself may be the object's first byte, right behind its comma.
  const std::size_t comma = line.substr(0, from).find_last_not_of(" \t\r");
  return next_after_comma(line, comma == std::string_view::npos || line[comma] != ',' ? from : comma);
}

}  // namespace picket
