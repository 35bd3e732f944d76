// unused-definition: a definition of a rule that no text of it asks for. (A library's are for others.)
#include "engine/analyse/lints/lint.hpp"

namespace picket {

void lint_unused_definition(const LintInput& input, Diagnostics& diagnostics) {
  if (input.rule == nullptr || input.used_definitions == nullptr) return;
  for (const Definition& definition : *input.definitions) {
    if (definition.source != nullptr || input.used_definitions->contains(definition.name)) continue;
    diagnostics.add(Code::unused_definition, input.source, definition.name_span,
                    "nothing uses `" + definition.name + "`");
  }
}

}  // namespace picket
