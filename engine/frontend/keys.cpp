#include "engine/frontend/keys.hpp"

#include <algorithm>
#include <array>

namespace picket {
namespace {

constexpr auto rows = std::to_array<KeyRow>({
#define PICKET_KEY(holders, key, presence, shape, meaning) {holders, key, Presence::presence, Shape::shape, meaning},
#include "engine/frontend/keys.def"
#undef PICKET_KEY
});

}  // namespace

std::string_view in_words(Shape shape) {
  switch (shape) {
    case Shape::text:
    case Shape::id:
      return "a string";
    case Shape::severity:
    case Shape::any_severity:
      return "a severity";
    case Shape::time:
      return "a time";
    case Shape::times:
      return "a list of times";
    case Shape::duration:
      return "a duration";
    case Shape::code:
    case Shape::context:
      return "a text";
    case Shape::boolean:
      return "true or false";
    case Shape::integer:
      return "a whole number";
    case Shape::set:
    case Shape::tags:
      return "a list of strings";
    case Shape::reports:
      return "a mapping of strings to lists";
    case Shape::list:
    case Shape::expressions:
    case Shape::filters:
    case Shape::fields:
    case Shape::severities:
      return "a list";
    case Shape::mapping:
      return "a mapping";
    case Shape::any:
      return "anything";
  }
  return "";
}

std::span<const KeyRow> key_rows() { return rows; }

const KeyRow* find_key(Holder holder, std::string_view key) {
  const auto* found = std::find_if(rows.begin(), rows.end(),
                                   [&](const KeyRow& row) { return row.key == key && holds(row.holders, holder); });
  return found == rows.end() ? nullptr : found;
}

}  // namespace picket
