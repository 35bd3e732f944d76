#include "engine/site/pretty_json.hpp"

#include <algorithm>

#include "grammar/text/unicode.hpp"

namespace picket::site {
namespace {

constexpr std::size_t short_list = 60;

// NOLINTNEXTLINE(misc-no-recursion): as deep as the value, which its reader bounds
void append(std::string& out, const Value& value, std::size_t indent) {
  const auto line = [&](std::size_t by) { out.append(1, '\n').append(by, ' '); };
  if (const Object* object = value.object(); object != nullptr && !object->empty()) {
    out += '{';
    bool first = true;
    for (const auto& [key, inner] : object->entries()) {
      if (!first) out += ',';
      first = false;
      line(indent + 2);
      append_json(out, Value(key));
      out += ": ";
      append(out, inner, indent + 2);
    }
    line(indent);
    out += '}';
    return;
  }
  const List* list = value.list();
  std::string flat = to_json(value);
  if (list == nullptr || list->empty() || flat.size() <= short_list) {
    out += flat;
    return;
  }
  out += '[';
  for (const Value& inner : *list) {
    if (&inner != &list->front()) out += ',';
    line(indent + 2);
    append(out, inner, indent + 2);
  }
  line(indent);
  out += ']';
}

}  // namespace

void JsonWriter::separate() {
  if (out_->empty()) return;
  const char last = out_->back();
  if (last != '{' && last != '[' && last != ':' && last != '\n') *out_ += ',';
}

JsonWriter& JsonWriter::begin(char bracket) {
  separate();
  *out_ += bracket;
  return *this;
}

JsonWriter& JsonWriter::end(char bracket) {
  *out_ += bracket;
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  separate();
  append_json_string(*out_, name);
  *out_ += ':';
  return *this;
}

JsonWriter& JsonWriter::text(std::string_view value) {
  separate();
  append_json_string(*out_, value);
  return *this;
}

JsonWriter& JsonWriter::number(std::size_t value) {
  separate();
  *out_ += std::to_string(value);
  return *this;
}

JsonWriter& JsonWriter::truth(bool value) {
  separate();
  *out_ += value ? "true" : "false";
  return *this;
}

JsonWriter& JsonWriter::texts(const std::vector<std::string>& values) {
  begin('[');
  for (const std::string& value : values) text(value);
  return end(']');
}

std::string pretty_json(const Value& value) {
  std::string out;
  append(out, value, 0);
  return out;
}

void append_json_string(std::string& out, std::string_view text) {
  const bool plain = std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; });
  if (plain) {
    out += '"';
    out += text;
    out += '"';
    return;
  }
  if (!find_invalid_utf8(text)) {
    append_json(out, Value(text));
    return;
  }
  std::string valid;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t bad = find_invalid_utf8(text.substr(at)).value_or(text.size() - at);
    valid.append(text, at, bad);
    at += bad;
    if (at < text.size()) {
      valid += "\xef\xbf\xbd";
      ++at;
    }
  }
  append_json(out, Value(std::move(valid)));
}

}  // namespace picket::site
