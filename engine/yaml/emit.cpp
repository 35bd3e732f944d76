#include "engine/yaml/emit.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "grammar/text/ascii.hpp"
#include "grammar/text/unicode.hpp"

namespace picket::yaml {
namespace {

// Words that the dialect, or another reader of YAML, takes for something else than a text.
bool is_word_with_meaning(std::string_view text) {
  constexpr std::string_view words[] = {"true", "false", "yes", "no", "on", "off", "null", "y", "n"};
  return std::ranges::any_of(words, [text](std::string_view word) { return ascii_equal_folded(text, word); });
}

// A letter first, then nothing that means anything to YAML there; no number, no time.
bool is_plain(std::string_view text, Context context) {
  if (text.empty() || !is_letter(text.front()) || is_word_with_meaning(text)) return false;
  const auto fits = [context](char c) {
    if (context == Context::block) return c >= ' ' && c < 0x7f;
    return is_letter_or_digit(c) || std::string_view(" :_.-/+@").find(c) != std::string_view::npos;
  };
  if (!std::ranges::all_of(text, fits) || text.back() == ' ' || text.back() == ':') return false;
  return text.find(": ") == std::string_view::npos && text.find(" #") == std::string_view::npos;
}

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

// Backslashes and quotes as they are: paths of Windows, and texts that quote, read better in single quotes.
bool fits_single_quotes(std::string_view text) {
  return text.find_first_of("\\\"") != std::string_view::npos &&
         std::ranges::all_of(text, [](char c) { return c >= ' ' && c < 0x7f && c != '\''; });
}

std::string child(const Value& value, std::size_t indent, std::size_t columns, std::size_t before);

std::string list_lines(const List& list, std::size_t indent, std::size_t columns) {
  std::string text;
  for (const Value& item : list) {
    const Object* object = item.object();
    if (object == nullptr || object->empty()) {
      text += std::string(indent, ' ') + "- " + emit_flow(item) + "\n";
      continue;
    }
    std::string entries = emit_entries(*object, indent + 2, columns);
    entries[indent] = '-';
    text += entries;
  }
  return text;
}

// What follows a key's colon, `before` columns being taken.
std::string child(const Value& value, std::size_t indent, std::size_t columns, std::size_t before) {
  const std::string flow = emit_flow(value);
  if (before + 1 + flow.size() <= columns) return " " + flow + "\n";
  if (const Object* object = value.object(); object != nullptr && !object->empty()) {
    return "\n" + emit_entries(*object, indent + 2, columns);
  }
  if (const List* list = value.list(); list != nullptr && !list->empty()) {
    return "\n" + list_lines(*list, indent + 2, columns);
  }
  return " " + flow + "\n";
}

}  // namespace

std::string emit_text(std::string_view text, Context context) {
  if (is_plain(text, context)) return std::string(text);
  if (fits_single_quotes(text)) return "'" + std::string(text) + "'";
  return in_double_quotes(text);
}

std::string emit_flow(const Value& value) {
  std::string text;
  if (const std::string* string = value.string()) return emit_text(*string);
  if (const List* list = value.list()) {
    for (const Value& item : *list) text += (text.empty() ? "" : ", ") + emit_flow(item);
    return "[" + text + "]";
  }
  if (const Object* object = value.object()) {
    for (const auto& [key, held] : object->entries()) {
      text += (text.empty() ? "" : ", ") + emit_text(key) + ": " + emit_flow(held);
    }
    return "{" + text + "}";
  }
  return to_json(value);
}

std::string emit_entries(const Object& object, std::size_t indent, std::size_t columns) {
  std::string text;
  for (const auto& [key, value] : object.entries()) {
    const std::string name = std::string(indent, ' ') + emit_text(key) + ":";
    text += name + child(value, indent, columns, name.size());
  }
  return text;
}

}  // namespace picket::yaml
