// Definitions: named, called, unfolded. See lowering.hpp.
#include <algorithm>
#include <utility>

#include "engine/analyse/lowering.hpp"
#include "engine/analyse/messages.hpp"
#include "grammar/ast/print.hpp"
#include "grammar/text/suggestion.hpp"

namespace picket {

namespace {

// Terms that may stand in several places without being evaluated more than once: no work is behind them.
bool is_free(const Term& term) {
  return std::holds_alternative<ConstantTerm>(term.node) || std::holds_alternative<FieldTerm>(term.node) ||
         std::holds_alternative<SlotTerm>(term.node) || std::holds_alternative<EventTerm>(term.node) ||
         std::holds_alternative<SharedTerm>(term.node) || std::holds_alternative<UdmTerm>(term.node) ||
         std::holds_alternative<NowTerm>(term.node);
}

}  // namespace

// The definition that a dotted name denotes, of this file or of a library. Says so if the name begins with a library
// that has no such definition or is not used.
const DefinitionEntry* Lowering::find_definition(std::string_view name, SourceSpan span, const Scope& scope,
                                                 bool& reported) {
  if (name.empty()) return nullptr;
  const Namespace& home = *scope.home;
  if (const DefinitionEntry* entry = home.find(name)) {
    used_definitions_.insert(entry->qualified);
    return entry;
  }
  for (std::size_t dot = name.rfind('.'); dot != std::string_view::npos && dot > 0; dot = name.rfind('.', dot - 1)) {
    const std::string_view id = name.substr(0, dot);
    const std::string_view rest = name.substr(dot + 1);
    const auto used = home.libraries.find(id);
    if (used != home.libraries.end()) {
      if (const DefinitionEntry* entry = used->second->find(rest)) return entry;
      // A longer prefix may still be the definition, and what follows a field of its value.
      if (rest.find('.') != std::string_view::npos) continue;
      const SourceSpan of_rest{span.end - static_cast<std::uint32_t>(rest.size()), span.end};
      Diagnostic& diagnostic = error(Code::unknown_definition, of_rest,
                                     "library `" + std::string(id) + "` does not define `" + std::string(rest) + "`");
      propose_nearest(diagnostic, of_rest, rest, keys_of(used->second->definitions), Certainty::if_alone);
      reported = true;
      return nullptr;
    }
    const auto known = home.all_libraries->find(id);
    if (known != home.all_libraries->end() && known->second.find(rest) != nullptr && home.library != id) {
      reported = true;
      // A typo in Use has been told there.
      if (home.lacks_library) return nullptr;
      error(Code::unknown_library, span, "library `" + std::string(id) + "` is not used here").help =
          "add `Use: [" + std::string(id) + "]`; a field of that name is written `$." + std::string(name) + "`";
      return nullptr;
    }
  }
  return nullptr;
}

// A definition named without arguments.
Term Lowering::refer(const DefinitionEntry& entry, const Expr& at) {
  if (entry.definition->has_parameters) {
    if (check_argument_count(*entry.definition, 0, at.span)) {
      error(Code::wrong_argument_count, at.span, "`" + entry.qualified + "` takes arguments and must be called").help =
          "write `" + entry.qualified + "()`";
    }
    return anything();
  }
  auto& state = table_.states[entry.index];
  if (state == DefinitionTable::State::in_progress) {
    error(Code::cyclic_definition, at.span, "`" + entry.qualified + "` depends on itself");
    return anything();
  }
  if (state == DefinitionTable::State::unseen) {
    Lowering own(*entry.home, table_, options_, diagnostics_);
    own.set_udm_names(udm_names_);
    own.depth_ = depth_;
    own.reported_ = reported_;
    own.too_large_ = too_large_;
    own.lower_definition(entry);
    reported_ = own.reported_;
    too_large_ = own.too_large_;
    field_uses_.insert(field_uses_.end(), own.field_uses_.begin(), own.field_uses_.end());
    used_definitions_.insert(own.used_definitions_.begin(), own.used_definitions_.end());
  }
  if (state == DefinitionTable::State::broken) broken_ = true;
  deepest_ = std::max(deepest_, depth_ + table_.depths[entry.index]);
  if (deepest_ > most_levels && !too_large_) {
    refuse_size(at.span, "the definitions are nested more than " + std::to_string(most_levels) + " deep");
  }
  count_terms(table_.checked[entry.index].body.parts, at.span);
  return {SharedTerm{entry.index}};
}

Term Lowering::refer(LocalDefinition& local, const Expr& at) {
  local.used = true;
  const Definition& definition = *local.definition;
  if (definition.has_parameters) {
    if (check_argument_count(definition, 0, at.span)) {
      error(Code::wrong_argument_count, at.span, "`" + definition.name + "` takes arguments and must be called");
    }
    return anything();
  }
  if (local.in_progress) {
    error(Code::cyclic_definition, at.span, "`" + definition.name + "` depends on itself");
    return anything();
  }
  if (local.body == nullptr) {
    local.in_progress = true;
    const std::size_t terms_before = terms_;
    local.body = std::make_shared<const Term>(lower(*definition.body, *local.scope));
    local.terms = terms_ - terms_before;
    local.in_progress = false;
  } else {
    count_terms(local.terms, at.span);
  }
  return {LocalTerm{.slot = local.slot, .body = local.body}};
}

void Lowering::lower_definition(const DefinitionEntry& entry) {
  auto& state = table_.states[entry.index];
  if (state != DefinitionTable::State::unseen) return;
  state = DefinitionTable::State::in_progress;
  const bool was_broken = broken_;
  broken_ = false;
  const std::size_t depth_before = depth_;
  deepest_ = depth_;
  CheckedDefinition& checked = table_.checked[entry.index];
  checked.name = entry.qualified;
  checked.site = {.source = entry.home->source, .span = entry.definition->name_span};
  checked.has_parameters = entry.definition->has_parameters;
  if (entry.definition->has_parameters) {
    generic_ = true;
    std::vector<Argument> arguments;
    for (std::size_t i = 0; i < entry.definition->parameters.size(); ++i) {
      arguments.push_back({.expr = nullptr, .term = Term{SlotTerm{next_slot_++}}});
    }
    const Scope scope{.outer = nullptr, .home = home_, .names = {}, .element = std::nullopt};
    static_cast<void>(finish(unfold_body(*entry.definition, entry.index, nullptr, *entry.home, std::move(arguments),
                                         entry.definition->name_span, scope)));
    generic_ = false;
  } else {
    checked.body = lower_value(*entry.definition->body);
    table_.kinds[entry.index] = kinds(checked.body);
  }
  table_.depths[entry.index] = deepest_ - depth_before;
  state = broken_ ? DefinitionTable::State::broken : DefinitionTable::State::sound;
  broken_ = broken_ || was_broken;
}

bool Lowering::check_argument_count(const Definition& definition, std::size_t given, SourceSpan span) {
  const std::size_t most = definition.parameters.size();
  const auto least = static_cast<std::size_t>(
      std::ranges::count_if(definition.parameters, [](const Parameter& parameter) { return !parameter.fallback; }));
  if (given >= least && given <= most && definition.has_parameters) return true;
  if (!definition.has_parameters) {
    Diagnostic& diagnostic = error(Code::wrong_argument_count, span, "`" + definition.name + "` takes no arguments");
    diagnostic.help = "a definition without parameters is named, not called";
    return false;
  }
  std::string signature = definition.name + "(";
  for (const Parameter& parameter : definition.parameters) {
    if (!signature.ends_with('(')) signature += ", ";
    signature += parameter.name + (parameter.fallback ? " = " + print(**parameter.fallback) : "");
  }
  error(Code::wrong_argument_count, span, "`" + definition.name + "` is given " + plural(given, "argument")).help =
      "it is defined as `" + signature + ")`";
  return false;
}

Term Lowering::unfold(const DefinitionEntry& entry, std::vector<Argument> arguments, SourceSpan span,
                      const Scope& scope) {
  if (!check_argument_count(*entry.definition, arguments.size(), span)) return anything();
  return unfold_body(*entry.definition, entry.index, nullptr, *entry.home, std::move(arguments), span, scope);
}

Term Lowering::unfold(LocalDefinition& local, std::vector<Argument> arguments, SourceSpan span, const Scope& scope) {
  local.used = true;
  if (!check_argument_count(*local.definition, arguments.size(), span)) return anything();
  return unfold_body(*local.definition, std::nullopt, local.scope, *local.scope->home, std::move(arguments), span,
                     scope);
}

// Binds the arguments, lowered where the call stands, and lowers the body where the definition stands.
Term Lowering::unfold_body(const Definition& definition, std::optional<DefinitionIndex> index, const Scope* outer,
                           const Namespace& home, std::vector<Argument> arguments, SourceSpan span,
                           const Scope& scope) {
  if (const auto first = std::ranges::find(unfolding_, &definition); first != unfolding_.end()) {
    // A cycle is told once, wherever it is entered.
    if (!cyclic_.contains(&definition)) {
      error(Code::cyclic_definition, span, "`" + definition.name + "` depends on itself");
    }
    cyclic_.insert(first, unfolding_.end());
    broken_ = true;
    return anything();
  }
  UnfoldedTerm term{.definition = index, .arguments = {}, .body = Term{}};
  Scope inner{.outer = outer, .home = &home, .names = {}, .element = std::nullopt};
  for (std::size_t i = 0; i < definition.parameters.size(); ++i) {
    const Parameter& parameter = definition.parameters[i];
    std::optional<Term> value;
    if (i < arguments.size()) {
      value = arguments[i].expr != nullptr ? lower(*arguments[i].expr, scope) : std::move(arguments[i].term);
    } else {
      const Scope outside{.outer = outer, .home = &home, .names = {}, .element = std::nullopt};
      const Namespace* const caller = std::exchange(home_, &home);
      value = lower(**parameter.fallback, outside);
      home_ = caller;
    }
    if (!is_free(*value)) {
      const Slot slot = next_slot_++;
      slot_kinds_[slot] = kinds_of_term(*value);
      term.arguments.emplace_back(slot, std::move(*value));
      value = Term{SlotTerm{slot}};
    }
    inner.names[parameter.name] = Binding{.term = std::move(value), .local = nullptr};
  }
  unfolding_.push_back(&definition);
  if (!generic_ || unfolding_.size() > 1) calls_.push_back(span);
  const Namespace* const caller = std::exchange(home_, &home);
  term.body = lower(*definition.body, inner);
  home_ = caller;
  if (!generic_ || unfolding_.size() > 1) calls_.pop_back();
  unfolding_.pop_back();
  return {std::move(term)};
}

}  // namespace picket
