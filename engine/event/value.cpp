// Values: kinds, truth and equality. Numbers are in number.cpp, objects in object.cpp, the writers in print.cpp.
#include "engine/event/value.hpp"

#include <array>

#include "engine/event/number.hpp"

namespace picket {

std::string_view spelling(Kind kind) {
  switch (kind) {
    case Kind::null:
      return "null";
    case Kind::boolean:
      return "bool";
    case Kind::number:
      return "number";
    case Kind::string:
      return "string";
    case Kind::list:
      return "list";
    case Kind::object:
      return "object";
    case Kind::time:
      return "time";
    case Kind::duration:
      return "duration";
  }
  return "";
}

Value::Value(List value) : storage_(std::make_shared<const List>(std::move(value))) {}

Value::Value(Object value) : storage_(std::make_shared<const Object>(std::move(value))) {}

Kind Value::kind() const {
  // By alternative of storage_.
  constexpr std::array kinds = {Kind::null,   Kind::boolean, Kind::number, Kind::number, Kind::number,
                                Kind::string, Kind::list,    Kind::object, Kind::time,   Kind::duration};
  static_assert(kinds.size() == std::variant_size_v<decltype(storage_)>);
  return kinds[storage_.index()];
}

const List* Value::list() const {
  const auto* held = std::get_if<std::shared_ptr<const List>>(&storage_);
  return held == nullptr ? nullptr : held->get();
}

const Object* Value::object() const {
  const auto* held = std::get_if<std::shared_ptr<const Object>>(&storage_);
  return held == nullptr ? nullptr : held->get();
}

bool Value::truth() const {
  switch (kind()) {
    case Kind::null:
      return false;
    case Kind::boolean:
      return *boolean();
    case Kind::number:
      return !number_is_zero(*this);
    case Kind::string:
    case Kind::list:
    case Kind::object:
      return !empty();
    case Kind::time:
      return true;
    case Kind::duration:
      return duration()->microseconds != 0;
  }
  return false;
}

bool Value::empty() const {
  if (is_null()) return true;
  if (const auto* text = string()) return text->empty();
  if (const auto* elements = list()) return elements->empty();
  if (const auto* entries = object()) return entries->empty();
  return false;
}

bool operator==(const Value& a, const Value& b) {
  const Kind kind = a.kind();
  if (kind != b.kind()) return false;
  switch (kind) {
    case Kind::null:
      return true;
    case Kind::boolean:
      return *a.boolean() == *b.boolean();
    case Kind::number:
      return compare_numbers(a, b) == 0;
    case Kind::string:
      return *a.string() == *b.string();
    case Kind::list:
      return a.list() == b.list() || *a.list() == *b.list();
    case Kind::object:
      return a.object() == b.object() || *a.object() == *b.object();
    case Kind::time:
      return *a.time() == *b.time();
    case Kind::duration:
      return *a.duration() == *b.duration();
  }
  return false;
}

namespace {
template <typename T>
int sign_of_order(const T& a, const T& b) {
  return a < b ? -1 : (b < a ? 1 : 0);
}
}  // namespace

std::optional<int> compare(const Value& a, const Value& b) {
  const Kind kind = a.kind();
  if (kind != b.kind()) return std::nullopt;
  switch (kind) {
    case Kind::number:
      return compare_numbers(a, b);
    case Kind::string: {
      // Bytes of UTF-8 have the order of the code points; char_traits compares them unsigned.
      const int order = a.string()->compare(*b.string());
      return order < 0 ? -1 : (order > 0 ? 1 : 0);
    }
    case Kind::time:
      return sign_of_order(*a.time(), *b.time());
    case Kind::duration:
      return sign_of_order(*a.duration(), *b.duration());
    case Kind::null:
    case Kind::boolean:
    case Kind::list:
    case Kind::object:
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace picket
