// Which texts read the memory.
#pragma once

#include <unordered_map>

#include "engine/analyse/checked.hpp"
#include "grammar/text/diagnostic.hpp"

namespace picket {

// Whether terms of one pack depend on what is remembered: they call `recall`, or use a definition or a mapping of a
// data model that does. Remembers what it found out about definitions.
class MemoryUse {
 public:
  // Both must outlive it.
  MemoryUse(const std::vector<CheckedDefinition>& definitions, const std::vector<CheckedModel>& models)
      : definitions_(definitions), models_(models) {}

  [[nodiscard]] bool reads(const Term& term);
  // Whether the rule writes into the memory or a text of it reads there.
  [[nodiscard]] bool uses(const CheckedRule& rule);

 private:
  [[nodiscard]] bool reads_definition(DefinitionIndex definition);
  [[nodiscard]] bool reads_mapping(const std::string& name);

  const std::vector<CheckedDefinition>& definitions_;
  const std::vector<CheckedModel>& models_;
  std::unordered_map<DefinitionIndex, bool> known_definitions_;
  std::unordered_map<std::string, bool> known_mappings_;  // by the name that `udm` has for them, in any model
  std::unordered_map<const Term*, bool> known_locals_;    // bodies of local definitions, which many terms share
};

// Says which `Memory` and `ExpectedMemory` of the rule's tests nothing reads and nothing writes (ignored-value).
void check_test_memory(const CheckedRule& rule, Diagnostics& diagnostics);

}  // namespace picket
