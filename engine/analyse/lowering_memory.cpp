// `previous` and the keys that rules remember by. See lowering.hpp.
#include <utility>

#include "engine/analyse/lowering.hpp"

namespace picket {

// `previous` is a definition of the rule like any other, `recall` of its key: so it is evaluated at most once for an
// event, and no other rule can see it.
CheckedText Lowering::lower_previous(const Expr& key) {
  const DefinitionIndex index = *file_->previous;
  auto& state = table_.states[index];
  state = DefinitionTable::State::in_progress;
  const bool was_broken = broken_;
  broken_ = false;
  deepest_ = depth_;
  CheckedText text = lower_value(key);
  if (auto* holes = std::get_if<TemplateTerm>(&text.term.node)) holes->needs_holes = true;
  CheckedDefinition& checked = table_.checked[index];
  checked.name = "previous";
  checked.site = {.source = file_->source, .span = key.span};
  CallTerm recall{.function = Function::recall, .arguments = {}, .regex = std::nullopt};
  recall.arguments.push_back(text.term);
  checked.body = {.term = Term{std::move(recall)}, .slots = text.slots, .parts = text.parts + 1};
  table_.kinds[index] = kinds(checked.body);
  table_.depths[index] = deepest_ - depth_ + 1;
  state = broken_ ? DefinitionTable::State::broken : DefinitionTable::State::sound;
  broken_ = broken_ || was_broken;
  return text;
}

Term Lowering::refer_to_previous(SourceSpan span, const Scope& scope) {
  if (!scope.home->previous) {
    error(Code::undefined_name, span, "`previous` has a value only in rules with `Remember`").help =
        scope.home->library.empty() ? "it is what the rule's `Key` held before the event; a field of that name is "
                                      "written `$.previous`"
                                    : "a library can take it as an argument; a field of that name is written "
                                      "`$.previous`";
    return anything();
  }
  const DefinitionIndex index = *scope.home->previous;
  if (table_.states[index] == DefinitionTable::State::in_progress) {
    error(Code::cyclic_definition, span, "`Key` cannot depend on `previous`, which is what it leads to");
    return anything();
  }
  if (table_.states[index] == DefinitionTable::State::broken) broken_ = true;
  return {SharedTerm{index}};
}

}  // namespace picket
