// shadowed-field: a definition with the name of a field hides the field from the rule's texts.
#include "engine/analyse/lints/lint.hpp"

namespace picket {

void lint_shadowed_field(const LintInput& input, Diagnostics& diagnostics) {
  if (input.rule == nullptr || input.fields == nullptr) return;
  for (const Definition& definition : *input.definitions) {
    const FieldLookup lookup = input.fields->look_up(input.rule->log_types, {PathStep(definition.name)});
    if (lookup.verdict != FieldLookup::Verdict::known) continue;
    diagnostics
        .add(Code::shadowed_field, input.source, definition.name_span,
             "`" + definition.name + "` is also a field of the event, which it hides")
        .help = "give it another name; the field itself is `$." + definition.name + "`";
  }
}

}  // namespace picket
