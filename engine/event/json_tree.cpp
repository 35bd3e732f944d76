#include "engine/event/json_tree.hpp"

#include <simdjson.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

#include "grammar/text/ascii.hpp"

namespace picket {
namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;

// Returns false where the tree is deeper than the limit allows, or holds what this reader does not know.
bool convert(const element& from, std::size_t nesting_left, Value& value);

bool convert_array(const simdjson::dom::array& array, std::size_t nesting_left, Value& value) {
  List list;
  list.reserve(array.size());
  for (const element held : array) {
    if (!convert(held, nesting_left, list.emplace_back())) return false;
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

bool convert(const element& from, std::size_t nesting_left, Value& value) {
  switch (from.type()) {
    case element_type::NULL_VALUE:
      value = Value();
      return true;
    case element_type::BOOL:
      value = Value(bool(from.get_bool().value_unsafe()));
      return true;
    case element_type::INT64:
      value = Value(std::int64_t(from.get_int64().value_unsafe()));
      return true;
    case element_type::DOUBLE:
      value = Value(double(from.get_double().value_unsafe()));
      return true;
    case element_type::STRING:
      value = Value(std::string_view(from.get_string().value_unsafe()));
      return true;
    case element_type::UINT64: {  // beyond int64
      const std::uint64_t integer = from.get_uint64().value_unsafe();
      value = *Value::from_number(std::to_string(integer));
      return true;
    }
    case element_type::ARRAY:
      return nesting_left > 0 && convert_array(from.get_array().value_unsafe(), nesting_left - 1, value);
    case element_type::OBJECT:
      return nesting_left > 0 && convert_object(from.get_object().value_unsafe(), nesting_left - 1, value);
  }
  return false;  // a type of a later simdjson
}

// The recursion of convert() is safe at any limit: simdjson itself refuses to nest deeper than this.
static_assert(simdjson::DEFAULT_MAX_DEPTH <= 1024);

// The member of exactly this key; of several the last one counts.
std::optional<element> member_exact(const simdjson::dom::object& members, std::string_view key) {
  std::optional<element> found;
  for (const simdjson::dom::key_value_pair member : members) {
    if (member.key == key) found = member.value;
  }
  return found;
}

// Else the member of the first key that is equal up to case. One look at all of them, and none at most keys, whose
// length tells.
std::optional<element> member_of(const simdjson::dom::object& members, std::string_view key) {
  std::optional<element> exact;
  std::optional<std::string_view> alike;
  for (const simdjson::dom::key_value_pair member : members) {
    if (member.key.size() != key.size()) continue;
    if (member.key == key) {
      exact = member.value;
    } else if (!exact && !alike && ascii_equal_folded(member.key, key)) {
      alike = member.key;
    }
  }
  return exact || !alike ? exact : member_exact(members, *alike);
}

std::optional<Value> value_of(const std::optional<element>& found, std::size_t nesting) {
  Value value;
  if (found && !convert(*found, nesting, value)) return std::nullopt;
  return value;
}

constexpr std::size_t any_nesting = std::numeric_limits<std::size_t>::max();

}  // namespace

struct JsonTree::Tree {
  simdjson::dom::parser parser;
  element root;
};

JsonTree::JsonTree() : tree_(std::make_unique<Tree>()) {}
JsonTree::JsonTree(JsonTree&&) noexcept = default;
JsonTree& JsonTree::operator=(JsonTree&&) noexcept = default;
JsonTree::~JsonTree() = default;

bool JsonTree::read(std::string_view text) {
  // It copies the text, to have the padding that it reads beyond the end.
  return tree_->parser.parse(text.data(), text.size(), true).get(tree_->root) == simdjson::SUCCESS;
}

std::optional<Value> JsonTree::value(const JsonLimits& limits) const { return value_of(tree_->root, limits.nesting); }

std::optional<Value> JsonTree::find(std::span<const std::string_view> keys) const {
  std::optional<element> at = tree_->root;
  for (const std::string_view key : keys) {
    simdjson::dom::object members;
    if (at->get(members) != simdjson::SUCCESS) return Value();
    at = member_of(members, key);
    if (!at) return Value();
  }
  return value_of(at, any_nesting);
}

std::optional<Value> JsonTree::find_exact(std::string_view key) const {
  simdjson::dom::object members;
  if (tree_->root.get(members) != simdjson::SUCCESS) return Value();
  return value_of(member_exact(members, key), any_nesting);
}

}  // namespace picket
