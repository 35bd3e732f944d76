// Two readers that must agree. simdjson's tree is read into Values first, because it is an order of magnitude faster; a
// text that it refuses, for whatever reason, is read again by nlohmann's event parser, which also knows integers beyond
// 64 bits and says where a fault is. So one reader alone decides what an error is, and the fast one only ever answers
// yes.
#include "engine/event/json.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/event/fast_json.hpp"
#include "grammar/text/unicode.hpp"

namespace picket {
namespace {

// The words of an error, from what the parser says in a sentence.
std::string reason_of(const nlohmann::json::exception& exception) {
  const std::string_view sentence = exception.what();
  const auto says = [sentence](std::string_view words) { return sentence.find(words) != std::string_view::npos; };
  if (exception.id == 406) return "number out of range";
  if (says("unexpected end of input") || says("missing closing quote")) return "unexpected end";
  if (says("invalid number")) return "invalid number";
  if (says("invalid string")) return "invalid string";
  return "unexpected text";
}

// Builds a Value from the events of the parser. It keeps its own stack, so the depth of a text costs no recursion.
class ValueBuilder : public nlohmann::json_sax<nlohmann::json> {
 public:
  ValueBuilder(std::string_view text, const JsonLimits& limits) : text_(text), limits_(limits) {}

  bool null() override { return add(Value()); }
  bool boolean(bool value) override { return add(Value(value)); }
  bool number_integer(number_integer_t value) override { return add(Value(std::int64_t{value})); }
  bool number_unsigned(number_unsigned_t value) override { return add_number(std::to_string(value)); }
  // Also what is an integer, but not one of 64 bits: `token` tells.
  bool number_float(number_float_t, const string_t& token) override { return add_number(token); }
  bool string(string_t& value) override { return add(Value(std::move(value))); }
  bool binary(binary_t&) override { return false; }  // JSON has none

  bool start_object(std::size_t) override { return open<Object>(); }
  bool key(string_t& key) override {
    open_.back().key = std::move(key);
    return true;
  }
  bool end_object() override { return close(); }
  bool start_array(std::size_t) override { return open<List>(); }
  bool end_array() override { return close(); }

  bool parse_error(std::size_t position, const std::string&, const nlohmann::json::exception& exception) override {
    // Positions count the characters read, the faulty one included.
    error_ = JsonError{reason_of(exception), std::min(text_.size(), position > 0 ? position - 1 : 0)};
    return false;
  }

  [[nodiscard]] std::variant<Value, JsonError> result() && {
    if (error_) return std::move(*error_);
    return std::move(root_);
  }

 private:
  struct Container {
    std::variant<List, Object> held;
    std::string key;  // of an object: of the value that comes next
  };

  bool add_number(std::string_view token) {
    auto number = Value::from_number(token);
    if (!number) {
      error_ = JsonError{"number out of range", 0};
      return false;
    }
    return add(std::move(*number));
  }

  bool add(Value value) {
    if (open_.empty()) {
      root_ = std::move(value);
      return true;
    }
    Container& container = open_.back();
    if (auto* list = std::get_if<List>(&container.held)) {
      list->push_back(std::move(value));
    } else {
      std::get<Object>(container.held).set(std::move(container.key), std::move(value));
    }
    return true;
  }

  // Makes the container in its place: GCC 12 at -O2 takes the moved-from variant for uninitialized memory.
  template <typename Kind>
  bool open() {
    if (open_.size() >= limits_.nesting) {
      error_ = JsonError{"nested too deep", offset_of_nesting()};
      return false;
    }
    open_.emplace_back().held.emplace<Kind>();
    return true;
  }

  bool close() {
    auto held = std::move(open_.back().held);
    open_.pop_back();
    return std::visit([this](auto& container) { return add(Value(std::move(container))); }, held);
  }

  // The first bracket beyond the limit: the events do not tell where they stand.
  [[nodiscard]] std::size_t offset_of_nesting() const {
    std::size_t depth = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text_.size(); ++i) {
      const char c = text_[i];
      if (c == '"') {
        quoted = !quoted;
      } else if (quoted) {
        if (c == '\\') ++i;
      } else if (c == '[' || c == '{') {
        if (++depth > limits_.nesting) return i;
      } else if (c == ']' || c == '}') {
        --depth;
      }
    }
    return text_.size();
  }

  std::string_view text_;
  JsonLimits limits_;
  std::vector<Container> open_;
  Value root_;
  std::optional<JsonError> error_;
};

std::variant<Value, JsonError> read_exact(std::string_view text, const JsonLimits& limits) {
  if (const auto invalid = find_invalid_utf8(text)) return JsonError{"not UTF-8", *invalid};
  ValueBuilder builder(text, limits);
  nlohmann::json::sax_parse(text.begin(), text.end(), &builder);
  auto result = std::move(builder).result();
  // Outside a string the parser takes a NUL for the end of its input.
  if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos) {
    const auto* error = std::get_if<JsonError>(&result);
    if (error == nullptr || error->reason == "unexpected end") return JsonError{"unexpected text", nul};
  }
  return result;
}

}  // namespace

std::variant<Value, JsonError> read_json(std::string_view text, const JsonLimits& limits) {
  if (text.empty()) return JsonError{"unexpected end", 0};
  // Both parsers, in some of their versions, would skip a byte order mark; RFC 8259 has none.
  if (text.starts_with("\xEF\xBB\xBF")) return JsonError{"unexpected text", 0};
  if (auto value = read_fast_json(text, limits)) return std::move(*value);
  return read_exact(text, limits);
}

}  // namespace picket
