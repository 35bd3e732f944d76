// Writing records as JSON, without making a Value of each first: alerts, dead letters, windows.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/event/value.hpp"

namespace picket {

// Appends a string of JSON. REQUIRES: the text is UTF-8.
void append_json_string(std::string& out, std::string_view text);

// Appends one object to a text, field by field, and closes it when it goes out of scope.
class JsonLine {
 public:
  // `out` must outlive the line.
  explicit JsonLine(std::string& out) : out_(out) { out_ += '{'; }
  JsonLine(const JsonLine&) = delete;
  JsonLine& operator=(const JsonLine&) = delete;
  ~JsonLine() { out_ += '}'; }

  // REQUIRES: `key` needs no escape, and occurs once; strings in `value` are UTF-8.
  void field(std::string_view key, const Value& value) {
    write_key(key);
    append_json(out_, value);
  }
  void text(std::string_view key, std::string_view value) {
    write_key(key);
    append_json_string(out_, value);
  }
  void number(std::string_view key, std::int64_t value) {
    write_key(key);
    out_ += std::to_string(value);
  }
  void null(std::string_view key) {
    write_key(key);
    out_ += "null";
  }
  // `write` appends the value to the text that it is called with.
  template <typename Write>
  void nested(std::string_view key, const Write& write) {
    write_key(key);
    write(out_);
  }

 private:
  void write_key(std::string_view key) {
    if (out_.back() != '{') out_ += ',';
    out_ += '"';
    out_ += key;
    out_ += "\":";
  }

  std::string& out_;
};

// A file's name with every byte that is not UTF-8 replaced by U+FFFD: file names may be anything, JSON may not.
[[nodiscard]] std::string printable_name(std::string_view name);

}  // namespace picket
