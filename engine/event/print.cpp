// The writers of Values: the text that templates print, and compact JSON.
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "engine/event/json_line.hpp"
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

bool needs_escape(char c) { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\'; }

// Whether one of eight characters does. Subtracting from a byte borrows through its high bit if the byte is less than
// what is subtracted ("Bit Twiddling Hacks", S. E. Anderson: haszero, hasless).
bool needs_escape(std::uint64_t bytes) {
  constexpr std::uint64_t ones = ~std::uint64_t{0} / 255;
  constexpr std::uint64_t high_bits = ones * 0x80;
  const std::uint64_t quotes = bytes ^ ones * '"';
  const std::uint64_t backslashes = bytes ^ ones * '\\';
  const std::uint64_t found =
      ((bytes - ones * 0x20) & ~bytes) | ((quotes - ones) & ~quotes) | ((backslashes - ones) & ~backslashes);
  return (found & high_bits) != 0;
}

// Where the first character that needs an escape stands, or the end.
std::size_t find_escape(std::string_view text, std::size_t from) {
  std::uint64_t bytes = 0;
  for (; text.size() - from >= sizeof bytes; from += sizeof bytes) {
    std::memcpy(&bytes, text.data() + from, sizeof bytes);
    if (needs_escape(bytes)) break;
  }
  while (from < text.size() && !needs_escape(text[from])) ++from;
  return from;
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  std::size_t begin = 0;
  for (;;) {
    const std::size_t end = find_escape(text, begin);
    out += text.substr(begin, end - begin);
    if (end == text.size()) break;
    append_escape(out, text[end]);
    begin = end + 1;
  }
  out += '"';
}

namespace {

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
    append_json_string(out, key);
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
      append_json_string(out, *value.string());
      return;
    case Kind::list:
      append_list(out, *value.list());
      return;
    case Kind::object:
      append_object(out, *value.object());
      return;
    case Kind::time:
      append_json_string(out, print_time(*value.time()));
      return;
    case Kind::duration:
      append_json_string(out, print_duration(*value.duration()));
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
