// JSON for reading, and the parts of JSON files that are written piece by piece.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/event/value.hpp"

namespace picket::site {

// A line for each entry, two blanks of indentation; short lists on one line.
[[nodiscard]] std::string pretty_json(const Value& value);

// Appends the text as a JSON string; bytes that are no UTF-8 as U+FFFD.
void append_json_string(std::string& out, std::string_view text);

// JSON as it is written, compact. Says no more than what is said to it: members of an object come as key and value.
class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(&out) {}

  JsonWriter& begin(char bracket);  // `{` or `[`
  JsonWriter& end(char bracket);
  JsonWriter& key(std::string_view name);
  JsonWriter& text(std::string_view value);
  JsonWriter& number(std::size_t value);
  JsonWriter& truth(bool value);
  JsonWriter& texts(const std::vector<std::string>& values);

 private:
  void separate();

  std::string* out_;
};

}  // namespace picket::site
