#include "engine/eval/budget.hpp"

#include <algorithm>

namespace picket {

bool Budget::spend_on_value(const Value& value) {
  if (const auto* text = value.string()) return spend_on_bytes(text->size());
  if (const auto* list = value.list()) {
    return spend(1) && std::all_of(list->begin(), list->end(), [this](const Value& v) { return spend_on_value(v); });
  }
  if (const auto* object = value.object()) {
    const auto& entries = object->entries();
    return spend(1) && std::all_of(entries.begin(), entries.end(), [this](const Object::Entry& entry) {
             return spend_on_bytes(entry.first.size()) && spend_on_value(entry.second);
           });
  }
  return spend(1);
}

}  // namespace picket
