#include "engine/yaml/node.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>

#include "engine/yaml/raw.hpp"
#include "grammar/text/ascii.hpp"

namespace picket::yaml {
namespace {

std::optional<bool> bool_word(std::string_view text) {
  if (text == "true" || text == "True" || text == "TRUE") return true;
  if (text == "false" || text == "False" || text == "FALSE") return false;
  return std::nullopt;
}

// 0x1F, 0o17, 0b101 as a double or, if it fits, an integer.
std::optional<Value> prefixed_integer(std::string_view digits, int base, bool negative) {
  if (digits.empty()) return std::nullopt;
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return Value::from_number((negative ? "-" : "") + std::to_string(value));
}

// What JSON calls a number, with the freedoms of YAML taken away: sign `+`, `_`, leading zeros, a bare point.
std::optional<Value> decimal_number(std::string digits, bool negative) {
  std::size_t at = 0;
  while (at < digits.size() && is_digit(digits[at])) ++at;
  const std::size_t whole = at;
  std::size_t fraction = 0;
  if (at < digits.size() && digits[at] == '.') {
    const std::size_t point = at++;
    while (at < digits.size() && is_digit(digits[at])) ++at;
    fraction = at - point - 1;
    if (fraction == 0) digits.insert(at++, 1, '0');
  }
  if (whole + fraction == 0) return std::nullopt;
  if (at < digits.size() && (digits[at] == 'e' || digits[at] == 'E')) {
    ++at;
    if (at < digits.size() && (digits[at] == '+' || digits[at] == '-')) ++at;
    const std::size_t exponent = at;
    while (at < digits.size() && is_digit(digits[at])) ++at;
    if (at == exponent) return std::nullopt;
  }
  if (at != digits.size()) return std::nullopt;
  const std::size_t zeros = std::min(digits.find_first_not_of('0'), whole);
  digits.erase(0, zeros);
  if (zeros == whole) digits.insert(0, 1, '0');
  return Value::from_number((negative ? "-" : "") + digits);
}

std::optional<Value> number(std::string_view text) {
  bool negative = false;
  if (text.front() == '-' || text.front() == '+') {
    negative = text.front() == '-';
    text.remove_prefix(1);
  }
  if (text.empty() || !(is_digit(text.front()) || text.front() == '.')) return std::nullopt;
  std::string digits(text);
  std::erase(digits, '_');
  if (digits.size() > 2 && digits[0] == '0') {
    const int base = digits[1] == 'x' ? 16 : digits[1] == 'o' ? 8 : digits[1] == 'b' ? 2 : 0;
    if (base != 0) return prefixed_integer(std::string_view(digits).substr(2), base, negative);
  }
  return decimal_number(std::move(digits), negative);
}

Value plain_value(const std::string& text) {
  if (text.empty() || is_null_word(text)) return nullptr;
  if (const auto word = bool_word(text)) return *word;
  if (auto value = number(text)) return *std::move(value);
  return text;
}

Value scalar_value(const Scalar& scalar) { return scalar.plain ? plain_value(scalar.text) : Value(scalar.text); }

}  // namespace

const Mapping::Entry* Mapping::find(std::string_view key) const {
  const auto found = std::find_if(entries.begin(), entries.end(), [&](const Entry& entry) { return entry.key == key; });
  return found == entries.end() ? nullptr : &*found;
}

Value Node::value() const {
  if (const Scalar* one = scalar()) return scalar_value(*one);
  if (const Sequence* list = sequence()) {
    List items;
    items.reserve(list->items.size());
    for (const NodePtr& item : list->items) items.push_back(item->value());
    return items;
  }
  Object object;
  for (const Mapping::Entry& entry : mapping()->entries) object.set(entry.key, entry.value->value());
  return object;
}

SourceSpan place_of(const Source& source, const Node& node, SourceSpan fallback) {
  const std::uint32_t at = node.span.begin;
  if (at != node.span.end) return node.span;
  return at > 0 && source.text()[at - 1] == '-' ? SourceSpan{at - 1, at} : fallback;
}

std::string_view Node::kind_in_words() const {
  if (sequence() != nullptr) return "a list";
  if (mapping() != nullptr) return "a mapping";
  switch (scalar_value(*scalar()).kind()) {
    case Kind::null:
      return "nothing";
    case Kind::boolean:
      return "true or false";
    case Kind::number:
      return "a number";
    case Kind::string:
    case Kind::list:
    case Kind::object:
    case Kind::time:
    case Kind::duration:
      return "a string";
  }
  return "a string";
}

}  // namespace picket::yaml
