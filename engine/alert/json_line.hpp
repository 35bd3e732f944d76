// Writing records as JSON lines: alerts, dead letters.
#pragma once

#include <string>
#include <string_view>

#include "engine/event/value.hpp"

namespace picket {

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
    if (out_.back() != '{') out_ += ',';
    out_ += '"';
    out_ += key;
    out_ += "\":";
    append_json(out_, value);
  }

 private:
  std::string& out_;
};

// A file's name with every byte that is not UTF-8 replaced by U+FFFD: file names may be anything, JSON may not.
[[nodiscard]] std::string printable_name(std::string_view name);

}  // namespace picket
