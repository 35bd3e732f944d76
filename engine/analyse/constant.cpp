#include "engine/analyse/constant.hpp"

namespace picket {

const Value* constant_of(const Term& term, const std::vector<CheckedDefinition>& definitions) {
  if (const auto* constant = std::get_if<ConstantTerm>(&term.node)) return &constant->value;
  if (const auto* local = std::get_if<LocalTerm>(&term.node)) return constant_of(*local->body, definitions);
  if (const auto* shared = std::get_if<SharedTerm>(&term.node)) {
    return constant_of(definitions[shared->definition].body.term, definitions);
  }
  return nullptr;
}

}  // namespace picket
