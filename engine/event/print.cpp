// The writers of Values: the text that templates print, and compact JSON.
#include <cstddef>

#include "engine/event/number.hpp"
#include "engine/event/time.hpp"
#include "engine/event/value.hpp"

namespace picket {
namespace {

void append_escape(std::string& out, char c) {
  constexpr std::string_view digits = "0123456789abcdef";
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\b':
      out += "\\b";
      return;
    case '\f':
      out += "\\f";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      break;
  }
  const auto byte = static_cast<unsigned char>(c);
  out += "\\u00";
  out += digits[byte >> 4];
  out += digits[byte & 15];
}

void append_string(std::string& out, std::string_view text) {
  out += '"';
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\') continue;
    out += text.substr(begin, i - begin);
    append_escape(out, c);
    begin = i + 1;
  }
  out += text.substr(begin);
  out += '"';
}

void append_list(std::string& out, const List& list) {
  out += '[';
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (i > 0) out += ',';
    append_json(out, list[i]);
  }
  out += ']';
}

void append_object(std::string& out, const Object& object) {
  out += '{';
  bool first = true;
  for (const auto& [key, value] : object.entries()) {
    if (!first) out += ',';
    first = false;
    append_string(out, key);
    out += ':';
    append_json(out, value);
  }
  out += '}';
}

}  // namespace

void append_json(std::string& out, const Value& value) {
  switch (value.kind()) {
    case Kind::null:
      out += "null";
      return;
    case Kind::boolean:
      out += *value.boolean() ? "true" : "false";
      return;
    case Kind::number:
      append_number(out, value);
      return;
    case Kind::string:
      append_string(out, *value.string());
      return;
    case Kind::list:
      append_list(out, *value.list());
      return;
    case Kind::object:
      append_object(out, *value.object());
      return;
    case Kind::time:
      append_string(out, print_time(*value.time()));
      return;
    case Kind::duration:
      append_string(out, print_duration(*value.duration()));
      return;
  }
}

std::string to_json(const Value& value) {
  std::string out;
  append_json(out, value);
  return out;
}

std::string to_text(const Value& value) {
  if (const auto* text = value.string()) return *text;
  if (const auto* time = value.time()) return print_time(*time);
  if (const auto* duration = value.duration()) return print_duration(*duration);
  return to_json(value);
}

}  // namespace picket
