#include "engine/event/fast_json.hpp"

#include <simdjson.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace picket {
namespace {

// Returns false where the tree is deeper than the limit allows, or holds what this reader does not know.
bool convert(const simdjson::dom::element& element, std::size_t nesting_left, Value& value);

bool convert_array(const simdjson::dom::array& array, std::size_t nesting_left, Value& value) {
  List list;
  list.reserve(array.size());
  for (const simdjson::dom::element element : array) {
    if (!convert(element, nesting_left, list.emplace_back())) return false;
  }
  value = Value(std::move(list));
  return true;
}

bool convert_object(const simdjson::dom::object& members, std::size_t nesting_left, Value& value) {
  Object object;
  object.reserve(members.size());
  for (const simdjson::dom::key_value_pair member : members) {
    Value held;
    if (!convert(member.value, nesting_left, held)) return false;
    object.set(std::string(member.key), std::move(held));
  }
  value = Value(std::move(object));
  return true;
}

bool convert(const simdjson::dom::element& element, std::size_t nesting_left, Value& value) {
  using simdjson::dom::element_type;
  switch (element.type()) {
    case element_type::NULL_VALUE:
      value = Value();
      return true;
    case element_type::BOOL:
      value = Value(bool(element.get_bool().value_unsafe()));
      return true;
    case element_type::INT64:
      value = Value(std::int64_t(element.get_int64().value_unsafe()));
      return true;
    case element_type::DOUBLE:
      value = Value(double(element.get_double().value_unsafe()));
      return true;
    case element_type::STRING:
      value = Value(std::string_view(element.get_string().value_unsafe()));
      return true;
    case element_type::UINT64: {  // beyond int64
      const std::uint64_t integer = element.get_uint64().value_unsafe();
      value = *Value::from_number(std::to_string(integer));
      return true;
    }
    case element_type::ARRAY:
      return nesting_left > 0 && convert_array(element.get_array().value_unsafe(), nesting_left - 1, value);
    case element_type::OBJECT:
      return nesting_left > 0 && convert_object(element.get_object().value_unsafe(), nesting_left - 1, value);
  }
  return false;  // a type of a later simdjson
}

// The recursion of convert() is safe at any limit: simdjson itself refuses to nest deeper than this.
static_assert(simdjson::DEFAULT_MAX_DEPTH <= 1024);

// What a thread keeps for its next text. A parser's buffers are some ten times its longest text, so a long one gets a
// parser that is thrown away.
constexpr std::size_t kept_text = std::size_t{256} * 1024;

}  // namespace

std::optional<Value> read_fast_json(std::string_view text, const JsonLimits& limits) {
  thread_local simdjson::dom::parser kept;
  std::optional<simdjson::dom::parser> passing;
  simdjson::dom::parser& parser = text.size() <= kept_text ? kept : passing.emplace();
  simdjson::dom::element root;
  // It copies the text, to have the padding that it reads beyond the end.
  if (parser.parse(text.data(), text.size(), true).get(root) != simdjson::SUCCESS) return std::nullopt;
  Value value;
  if (!convert(root, limits.nesting, value)) return std::nullopt;
  return value;
}

}  // namespace picket
