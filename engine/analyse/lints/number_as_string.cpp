// number-as-string: the language never converts, so a number is never equal to a string.
#include <algorithm>

#include "engine/analyse/kinds.hpp"
#include "engine/analyse/lints/lint.hpp"

namespace picket {

namespace {

bool compares_by_kind(Op op) { return op <= Op::in; }

bool holds_only_strings(const Value& value) {
  if (const List* list = value.list()) {
    return !list->empty() && std::ranges::all_of(*list, [](const Value& item) { return item.string() != nullptr; });
  }
  return value.string() != nullptr;
}

}  // namespace

void lint_number_as_string(const LintInput& input, Diagnostics& diagnostics) {
  if (input.rule == nullptr || input.fields == nullptr) return;
  for (const FieldUse& use : input.field_uses) {
    if (!use.op || !use.right || !compares_by_kind(*use.op) || !holds_only_strings(*use.right)) continue;
    const FieldLookup lookup = input.fields->look_up(input.rule->log_types, use.path);
    if (lookup.verdict != FieldLookup::Verdict::known) continue;
    if (without(lookup.kinds, Kinds::null) != Kinds{Kinds::number}) continue;
    Diagnostic& diagnostic =
        diagnostics.add(Code::number_as_string, input.source, use.right_span,
                        path_text(use.path) + " is a number in every test event, and this is a string");
    diagnostic.help = "the language never converts";
    if (const std::string* text = use.right->string(); text != nullptr && Value::from_number(*text)) {
      diagnostic.fixes.push_back({.title = "write `" + *text + "`", .span = use.right_span, .replacement = *text});
    }
  }
}

}  // namespace picket
