// bare-value: a field used as a condition by itself asks for its truth, in which 0 and "" are false; that is seldom
// meant of a field that is no bool.
#include "engine/analyse/kinds.hpp"
#include "engine/analyse/lints/lint.hpp"

namespace picket {

void lint_bare_value(const LintInput& input, Diagnostics& diagnostics) {
  if (input.rule == nullptr || input.fields == nullptr) return;
  for (const FieldUse& use : input.field_uses) {
    if (!use.bare) continue;
    const FieldLookup lookup = input.fields->look_up(input.rule->log_types, use.path);
    if (lookup.verdict != FieldLookup::Verdict::known) continue;
    const Kinds kinds = without(lookup.kinds, Kinds::null);
    if (none_of(kinds) || kinds.has(Kinds::boolean)) continue;
    Diagnostic& diagnostic = diagnostics.add(Code::bare_value, input.source, use.span,
                                             path_text(use.path) + " is " + in_words(kinds) + ", used as a condition");
    diagnostic.help = "say what is asked: `is not empty`, `is not null`, or a comparison";
    const std::string written(input.source->text(use.span));
    diagnostic.fixes.push_back({.title = "write `" + written + " is not empty`",
                                .span = {use.span.end, use.span.end},
                                .replacement = " is not empty"});
  }
}

}  // namespace picket
