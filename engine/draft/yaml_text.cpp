#include "engine/draft/yaml_text.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "grammar/text/unicode.hpp"

namespace picket::draft {
namespace {

constexpr std::size_t longest_flow = 80;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

// Words that YAML, in one of its versions, takes for something else than a string.
bool is_taken(std::string_view text) {
  constexpr std::string_view words[] = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"};
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return std::find(std::begin(words), std::end(words), lower) != std::end(words);
}

// In a flow collection, too.
bool may_be_plain(std::string_view text) {
  if (text.empty() || !is_letter(text.front()) || is_taken(text)) return false;
  const auto fits = [](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || std::string_view("./@+-:;() ").find(c) != std::string_view::npos;
  };
  return std::all_of(text.begin(), text.end(), fits) && text.back() != ' ' && text.back() != ':' &&
         text.find(": ") == std::string_view::npos;
}

std::string scalar(const Value& value) {
  return value.string() != nullptr ? yaml_string(*value.string()) : to_json(value);
}

bool is_scalar(const Value& value) { return value.list() == nullptr && value.object() == nullptr; }

// JSON, with the characters that YAML wants written out: DEL to U+009F, the line separators, byte order marks and what
// is no character.
std::string in_double_quotes(std::string_view text) {
  const std::string json = to_json(Value(text));
  std::string result;
  for (std::size_t at = 0; at < json.size();) {
    const std::size_t begin = at;
    const char32_t c = next_code_point(json, at);
    const bool unprintable =
        (c >= 0x7f && c <= 0x9f) || c == 0x2028 || c == 0x2029 || c == 0xfeff || c == 0xfffe || c == 0xffff;
    if (!unprintable) {
      result += json.substr(begin, at - begin);
      continue;
    }
    std::array<char, 8> escape{};
    std::snprintf(escape.data(), escape.size(), "\\u%04x", static_cast<unsigned>(c));
    result += escape.data();
  }
  return result;
}

// Empty unless the list is short, and of scalars.
std::string flow(const List& list) {
  std::string text;
  for (const Value& item : list) {
    if (!is_scalar(item)) return {};
    text += (text.empty() ? "[" : ", ") + scalar(item);
    if (text.size() > longest_flow) return {};
  }
  return text.empty() ? "[]" : text + "]";
}

// What stands behind `key:` or `-`: a blank and a scalar, or lines below.
void append_value(std::string& out, const Value& value, std::size_t indent);

void append_items(std::string& out, const List& list, std::size_t indent) {
  for (const Value& item : list) {
    out += std::string(indent, ' ') + "-";
    const Object* object = item.object();
    if (object == nullptr || object->empty()) {
      append_value(out, item, indent + 2);
      continue;
    }
    // The first key stands behind the dash.
    out += " " + yaml_entries(*object, indent + 2).substr(indent + 2);
  }
}

void append_value(std::string& out, const Value& value, std::size_t indent) {
  if (const Object* object = value.object()) {
    out += object->empty() ? " {}\n" : "\n" + yaml_entries(*object, indent);
  } else if (const List* list = value.list()) {
    const std::string short_text = flow(*list);
    if (!short_text.empty()) {
      out += " " + short_text + "\n";
    } else {
      out += "\n";
      append_items(out, *list, indent);
    }
  } else {
    out += " " + scalar(value) + "\n";
  }
}

}  // namespace

std::string yaml_string(std::string_view text) {
  if (may_be_plain(text)) return std::string(text);
  const bool simple = std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~' && c != '\''; });
  if (simple && text.find_first_of("\\\"") != std::string_view::npos) return "'" + std::string(text) + "'";
  return in_double_quotes(text);
}

std::string yaml_entries(const Object& object, std::size_t indent) {
  std::string out;
  for (const auto& [key, value] : object.entries()) {
    out += std::string(indent, ' ') + yaml_string(key) + ":";
    append_value(out, value, indent + 2);
  }
  return out;
}

}  // namespace picket::draft
