#include "engine/state/signal.hpp"

#include "engine/event/memory_of.hpp"
#include "engine/state/candidates.hpp"

namespace picket {

std::size_t memory_of(const AlertTexts& texts) {
  std::size_t bytes = sizeof texts + texts.title.size() + texts.dedup.size() + texts.description.size() +
                      texts.reference.size() + texts.runbook.size() + memory_of(texts.context);
  if (texts.unique) bytes += texts.unique->size();
  return bytes;
}

std::size_t memory_of(const Signal& signal) {
  return sizeof signal + memory_of(signal.texts) + signal.log_type.size() + signal.place.input.size() +
         signal.event.memory();
}

std::size_t memory_of(const Candidates& candidates) {
  return sizeof candidates + candidates.rules.size() * sizeof(RuleIndex) + candidates.log_type.size() +
         candidates.place.input.size() + candidates.event.memory();
}

}  // namespace picket
