#include "engine/yaml/raw.hpp"

#include <algorithm>

namespace picket::yaml {
namespace {

bool is_flow_indicator(char c) { return c == ',' || c == '[' || c == ']' || c == '{' || c == '}'; }

}  // namespace

bool is_null_word(std::string_view text) { return text == "~" || text == "null" || text == "Null" || text == "NULL"; }

std::uint32_t next_token(std::string_view file, std::uint32_t at) {
  while (at < file.size()) {
    const char c = file[at];
    if (is_space(c)) {
      ++at;
    } else if (c == '#' && (at == 0 || is_space(file[at - 1]))) {
      const std::size_t newline = file.find('\n', at);
      at = static_cast<std::uint32_t>(newline == std::string_view::npos ? file.size() : newline);
    } else {
      break;
    }
  }
  return at;
}

std::uint32_t skip_word(std::string_view file, std::uint32_t at) {
  while (at < file.size() && !is_space(file[at]) && !is_flow_indicator(file[at])) ++at;
  return at;
}

SourceSpan character_at(std::string_view file, std::uint32_t at) {
  const auto size = static_cast<std::uint32_t>(file.size());
  std::uint32_t end = std::min(at, size);
  if (end < size) ++end;
  while (end < size && (static_cast<unsigned char>(file[end]) & 0xc0) == 0x80) ++end;
  return {std::min(at, size), end};
}

Properties skip_properties(std::string_view file, std::uint32_t at) {
  Properties properties{false, at, at};
  while (properties.next < file.size() && (file[properties.next] == '&' || file[properties.next] == '!')) {
    properties.any = true;
    properties.end = skip_word(file, properties.next);
    properties.next = next_token(file, properties.end);
  }
  return properties;
}

std::string_view plain_word(std::string_view file, std::uint32_t at) {
  std::uint32_t end = at;
  while (end < file.size() && !is_space(file[end]) && !is_flow_indicator(file[end]) && file[end] != ':') ++end;
  return file.substr(at, end - at);
}

RawLine raw_line(std::string_view file, std::uint32_t at) {
  const std::size_t before = at == 0 ? std::string_view::npos : file.rfind('\n', at - 1);
  const std::size_t after = file.find('\n', at);
  RawLine line;
  line.begin = static_cast<std::uint32_t>(before == std::string_view::npos ? 0 : before + 1);
  line.end = static_cast<std::uint32_t>(after == std::string_view::npos ? file.size() : after);
  if (line.end > line.begin && file[line.end - 1] == '\r') --line.end;
  line.text = line.begin;
  while (line.text < line.end && (file[line.text] == ' ' || file[line.text] == '\t')) ++line.text;
  return line;
}

}  // namespace picket::yaml
