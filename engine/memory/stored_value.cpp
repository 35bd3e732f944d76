#include "engine/memory/stored_value.hpp"

#include <string>
#include <utility>

namespace picket {
namespace {

constexpr std::size_t most_depth = 64;
constexpr std::size_t bytes_of_a_value = sizeof(Value);

// Measures first: most values are stored as they are.
class Measure {
 public:
  explicit Measure(std::size_t most_bytes) : most_bytes_(most_bytes) {}

  // Whether the value is within the bounds.
  bool take(const Value& value, std::size_t depth = 0) {
    if (depth > most_depth || !spend(bytes_of_a_value)) return false;
    if (const std::string* text = value.string()) return spend(text->size());
    if (const BigInteger* number = value.big_integer()) return spend(number->digits->size());
    if (value.time() != nullptr || value.duration() != nullptr) is_json_ = false;
    if (const List* list = value.list()) {
      for (const Value& element : *list) {
        if (!take(element, depth + 1)) return false;
      }
    }
    if (const Object* object = value.object()) {
      for (const auto& [key, member] : object->entries()) {
        if (!spend(sizeof(std::string) + key.size()) || !take(member, depth + 1)) return false;
      }
    }
    return true;
  }

  [[nodiscard]] std::size_t bytes() const { return bytes_; }
  // Whether JSON knows all kinds of values in it.
  [[nodiscard]] bool is_json() const { return is_json_; }

 private:
  bool spend(std::size_t bytes) { return (bytes_ += bytes) <= most_bytes_; }

  std::size_t most_bytes_;
  std::size_t bytes_ = 0;
  bool is_json_ = true;
};

Value as_json(const Value& value) {
  if (value.time() != nullptr || value.duration() != nullptr) return to_text(value);
  if (const List* list = value.list()) {
    List elements;
    elements.reserve(list->size());
    for (const Value& element : *list) elements.push_back(as_json(element));
    return elements;
  }
  if (const Object* object = value.object()) {
    Object members;
    members.reserve(object->size());
    for (const auto& [key, member] : object->entries()) members.set(key, as_json(member));
    return members;
  }
  return value;
}

}  // namespace

std::optional<StoredValue> stored_value(const Value& value, std::size_t most_bytes) {
  Measure measure(most_bytes);
  if (!measure.take(value)) return std::nullopt;
  return StoredValue{.value = measure.is_json() ? value : as_json(value), .bytes = measure.bytes()};
}

}  // namespace picket
