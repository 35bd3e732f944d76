#include "engine/stream/outcome.hpp"

namespace picket {
namespace {

std::size_t weight_of(const Value& value) {
  std::size_t weight = sizeof value;
  if (const auto* text = value.string()) weight += text->size();
  if (const auto* list = value.list()) {
    for (const Value& element : *list) weight += weight_of(element);
  }
  if (const auto* object = value.object()) {
    for (const auto& [key, inner] : object->entries()) weight += sizeof(std::string) + key.size() + weight_of(inner);
  }
  return weight;
}

}  // namespace

std::size_t weight_of(const Outcome& outcome) {
  const auto* raised = std::get_if<RaisedAlert>(&outcome);
  if (raised == nullptr) return sizeof outcome;
  const AlertTexts& texts = raised->alert.texts;
  return sizeof outcome + texts.title.size() + texts.dedup.size() + texts.description.size() + texts.reference.size() +
         texts.runbook.size() + weight_of(texts.context);
}

}  // namespace picket
