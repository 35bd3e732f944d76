#include "engine/event/memory_of.hpp"

namespace picket {

std::size_t memory_of(const Value& value) {
  std::size_t bytes = sizeof value;
  if (const auto* text = value.string()) bytes += text->size();
  if (const auto* list = value.list()) {
    for (const Value& element : *list) bytes += memory_of(element);
  }
  if (const auto* object = value.object()) {
    for (const auto& [key, inner] : object->entries()) bytes += sizeof(std::string) + key.size() + memory_of(inner);
  }
  return bytes;
}

}  // namespace picket
