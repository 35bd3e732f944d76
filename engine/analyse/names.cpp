#include "engine/analyse/names.hpp"

namespace picket {

const Binding* Scope::find(std::string_view name) const {
  for (const Scope* scope = this; scope != nullptr; scope = scope->outer) {
    const auto found = scope->names.find(name);
    if (found != scope->names.end()) return &found->second;
  }
  return nullptr;
}

std::optional<Slot> Scope::find_element() const {
  for (const Scope* scope = this; scope != nullptr; scope = scope->outer) {
    if (scope->element) return scope->element;
  }
  return std::nullopt;
}

}  // namespace picket
