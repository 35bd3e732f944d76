#include "engine/event/kept_event.hpp"

#include <limits>
#include <utility>
#include <variant>

#include "engine/event/json.hpp"

namespace picket {

KeptEvent::KeptEvent(const Value& event) {
  if (!event.is_null()) text_ = std::make_shared<const std::string>(to_json(event));
}

KeptEvent::KeptEvent(const Object& event) : KeptEvent(Value(event)) {}

KeptEvent KeptEvent::of_text(std::string_view text) {
  KeptEvent kept;
  kept.text_ = std::make_shared<const std::string>(text);
  return kept;
}

Value KeptEvent::value() const {
  if (text_ == nullptr) return {};
  auto read = read_json(*text_, {.nesting = std::numeric_limits<std::size_t>::max()});
  auto* value = std::get_if<Value>(&read);
  return value != nullptr ? std::move(*value) : Value();
}

}  // namespace picket
