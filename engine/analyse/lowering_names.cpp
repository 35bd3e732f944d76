// Names, paths, calls and definitions. See lowering.hpp.
#include <algorithm>
#include <utility>

#include "engine/analyse/lowering.hpp"
#include "grammar/ast/print.hpp"
#include "grammar/text/nearest.hpp"

namespace picket {

namespace {

// The steps of a path from its root outwards: `a.b[0]` is a, a.b, a.b[0].
std::vector<const Expr*> chain_of(const Expr& expr) {
  std::vector<const Expr*> chain;
  for (const Expr* at = &expr; at != nullptr;) {
    chain.push_back(at);
    at = match(
        at->node, [](const MemberExpr& e) { return &*e.base; }, [](const IndexExpr& e) { return &*e.base; },
        [](const EachExpr& e) { return &*e.base; }, [](const auto&) { return static_cast<const Expr*>(nullptr); });
  }
  std::ranges::reverse(chain);
  return chain;
}

// "a.b.c" for the first `count` plain names of a chain; empty if they are not plain.
std::string dotted(const std::vector<const Expr*>& chain, std::size_t count) {
  std::string name;
  for (std::size_t i = 0; i < count; ++i) {
    if (const auto* root = std::get_if<NameExpr>(&chain[i]->node)) {
      name = root->name;
    } else if (const auto* member = std::get_if<MemberExpr>(&chain[i]->node)) {
      name += '.' + member->name;
    } else {
      return {};
    }
  }
  return name;
}

std::size_t plain_names(const std::vector<const Expr*>& chain) {
  std::size_t count = 1;
  while (count < chain.size() && std::holds_alternative<MemberExpr>(chain[count]->node)) ++count;
  return count;
}

// Stands for what could not be lowered. It can be of any kind, so that one fault brings no others; its rule is left out
// of the checked pack, so nothing evaluates it.
Term anything() { return {SlotTerm{}}; }

bool is_capitals(std::string_view name) {
  const auto capital = [](char c) { return (c >= 'A' && c <= 'Z') || c == '_' || (c >= '0' && c <= '9'); };
  return name.size() > 1 && name.front() >= 'A' && name.front() <= 'Z' && std::ranges::all_of(name, capital);
}

// Terms that may stand in several places without being evaluated more than once: no work is behind them.
bool is_free(const Term& term) {
  return std::holds_alternative<ConstantTerm>(term.node) || std::holds_alternative<FieldTerm>(term.node) ||
         std::holds_alternative<SlotTerm>(term.node) || std::holds_alternative<EventTerm>(term.node) ||
         std::holds_alternative<SharedTerm>(term.node) || std::holds_alternative<UdmTerm>(term.node) ||
         std::holds_alternative<NowTerm>(term.node);
}

bool maps_over_list(const Term& term) {
  const auto* each = std::get_if<EachTerm>(&term.node);
  return (each != nullptr && !each->deep) || std::holds_alternative<EachMemberTerm>(term.node) ||
         std::holds_alternative<EachIndexTerm>(term.node);
}

template <typename Map>
std::vector<std::string> keys_of(const Map& map) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : map) keys.push_back(key);
  return keys;
}

void suggest(Diagnostic& diagnostic, std::string_view written, SourceSpan span, const std::vector<std::string>& known) {
  if (auto near = nearest(written, std::span<const std::string>(known))) {
    diagnostic.fixes.push_back({.title = "write `" + *near + "`", .span = span, .replacement = std::move(*near)});
  }
}

std::string plural(std::size_t count, std::string_view noun) {
  return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

}  // namespace

// --- paths ---

Term Lowering::lower_path(const Expr& expr, const Scope& scope) {
  const std::vector<const Expr*> chain = chain_of(expr);
  std::size_t taken = 1;
  Term term = match(
      chain.front()->node, [&](const NameExpr&) { return lower_name(chain, scope, taken); },
      [](const EventExpr&) { return Term{EventTerm{}}; },
      [&](const ElementExpr&) {
        if (const auto slot = scope.find_element()) return Term{SlotTerm{*slot}};
        error(Code::element_outside_binder, chain.front()->span,
              "`.` stands outside a binder, where there is no element")
            .help = "`.` is the element in `any list { . eq \"x\" }`; the whole event is `$`";
        return anything();
      },
      [&](const auto&) { return lower(*chain.front(), scope); });
  for (std::size_t i = taken; i < chain.size(); ++i) term = step(std::move(term), *chain[i], scope);
  if (const auto* field = std::get_if<FieldTerm>(&term.node)) note_field(*field, expr.span);
  return term;
}

FieldUse* Lowering::note_field(const FieldTerm& field, SourceSpan span) {
  // What an unfolded definition of a library reads is the library's affair.
  if (home_ != file_) return nullptr;
  if (field_uses_.empty() || field_uses_.back().span != span) {
    field_uses_.push_back(
        {.path = field.path, .span = span, .op = std::nullopt, .right = std::nullopt, .right_span = {}, .bare = false});
  }
  return &field_uses_.back();
}

// One step from a term. A path of constant steps from the event stays one FieldTerm.
Term Lowering::step(Term base, const Expr& suffix, const Scope& scope) {
  if (const auto* each = std::get_if<EachExpr>(&suffix.node)) {
    return {EachTerm{.base = std::move(base), .deep = each->deep}};
  }
  std::optional<PathStep> constant;
  std::optional<Term> computed;
  if (const auto* member = std::get_if<MemberExpr>(&suffix.node)) {
    constant = member->name;
  } else {
    computed = lower(*std::get<IndexExpr>(suffix.node).index, scope);
    if (const auto* index = std::get_if<ConstantTerm>(&computed->node)) {
      if (index->value.string() != nullptr) constant = *index->value.string();
      if (const auto number = index->value.as_index()) constant = *number;
    }
  }
  const bool mapped = maps_over_list(base);
  if (constant && !mapped) {
    if (std::holds_alternative<EventTerm>(base.node)) return {FieldTerm{.path = {*constant}}};
    if (auto* field = std::get_if<FieldTerm>(&base.node)) {
      field->path.push_back(*constant);
      return base;
    }
  }
  if (constant && std::holds_alternative<std::string>(*constant)) {
    std::string& key = std::get<std::string>(*constant);
    if (mapped) return {EachMemberTerm{.base = std::move(base), .key = std::move(key)}};
    return {MemberTerm{.base = std::move(base), .key = std::move(key)}};
  }
  if (!computed) return {ConstantTerm{}};
  if (mapped) return {EachIndexTerm{.base = std::move(base), .index = std::move(*computed)}};
  return {IndexTerm{.base = std::move(base), .index = std::move(*computed)}};
}

// The root of a path that begins with a name. `taken` is how many steps of the chain it used up.
Term Lowering::lower_name(const std::vector<const Expr*>& chain, const Scope& scope, std::size_t& taken) {
  const Expr& root = *chain.front();
  const std::string& name = std::get<NameExpr>(root.node).name;
  if (const Binding* binding = scope.find(name)) {
    return binding->local ? refer(*binding->local, root) : *binding->term;
  }
  for (std::size_t count = plain_names(chain); count > 0; --count) {
    bool reported = false;
    const DefinitionEntry* entry = find_definition(dotted(chain, count), chain[count - 1]->span, scope, reported);
    if (reported) return anything();
    if (entry == nullptr) continue;
    taken = count;
    return refer(*entry, *chain[count - 1]);
  }
  if (name == "now") return {NowTerm{}};
  if (name == "udm") return lower_udm(chain, taken);
  if (name == "previous" || is_capitals(name)) {
    undefined_name(name, root.span, scope);
    return anything();
  }
  return {FieldTerm{.path = {name}}};
}

Term Lowering::lower_udm(const std::vector<const Expr*>& chain, std::size_t& taken) {
  const std::string* name = nullptr;
  SourceSpan span = chain.front()->span;
  if (chain.size() > 1) {
    if (const auto* member = std::get_if<MemberExpr>(&chain[1]->node)) {
      name = &member->name;
      span = member->name_span;
    } else if (const auto* index = std::get_if<IndexExpr>(&chain[1]->node)) {
      if (const auto* key = std::get_if<StringLiteral>(&index->index->node)) name = &key->value;
      span = index->index->span;
    }
  }
  if (name == nullptr) {
    error(Code::unknown_udm_field, span, "`udm` wants a name of the data model: `udm.actor_user`").help =
        "a field of that name is written `$.udm`";
    return anything();
  }
  taken = 2;
  if (udm_names_ != nullptr) {
    if (udm_names_->forbidden) {
      error(Code::unknown_udm_field, span, "a data model cannot use `udm`, which it defines");
    } else if (!udm_names_->served) {
      error(Code::unknown_udm_field, span, "no data model serves " + udm_names_->log_types).help =
          "a file with `AnalysisType: datamodel` and this log type maps names to fields";
    } else if (std::ranges::find(udm_names_->names, *name) == udm_names_->names.end()) {
      suggest(error(Code::unknown_udm_field, span,
                    "the data model of " + udm_names_->log_types + " does not map `" + *name + "`"),
              *name, span, udm_names_->names);
    }
  }
  return {UdmTerm{*name}};
}

// --- definitions ---

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
      Diagnostic& diagnostic =
          error(Code::unknown_definition, {span.end - static_cast<std::uint32_t>(rest.size()), span.end},
                "library `" + std::string(id) + "` does not define `" + std::string(rest) + "`");
      suggest(diagnostic, rest, {span.end - static_cast<std::uint32_t>(rest.size()), span.end},
              keys_of(used->second->definitions));
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
    too_large_ = true;
    error(Code::condition_too_large, at.span,
          "the definitions are nested more than " + std::to_string(most_levels) + " deep");
  }
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
    local.body = std::make_shared<const Term>(lower(*definition.body, *local.scope));
    local.in_progress = false;
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

// --- calls ---

Term Lowering::lower_call(const CallExpr& node, const Expr& expr, const Scope& scope) {
  std::vector<Argument> arguments;
  for (const Expr& argument : node.arguments) arguments.push_back({.expr = &argument, .term = std::nullopt});
  const Binding* binding = scope.find(node.name);
  if (binding != nullptr && binding->local) return unfold(*binding->local, std::move(arguments), expr.span, scope);
  bool reported = false;
  if (const DefinitionEntry* entry = find_definition(node.name, node.name_span, scope, reported)) {
    return unfold(*entry, std::move(arguments), expr.span, scope);
  }
  if (reported) return anything();
  if (const auto function = function_from_spelling(node.name)) return lower_function(*function, node, expr, scope);
  unknown_function(node, expr, scope);
  return anything();
}

Term Lowering::lower_function(Function function, const CallExpr& node, const Expr& expr, const Scope& scope) {
  const FunctionRow& row = row_of(function);
  const std::size_t given = node.arguments.size();
  if (given < row.least_arguments() || given > row.most_arguments()) {
    std::string signature = node.name + "(";
    for (const FunctionParameter& parameter : row.parameters) {
      if (!signature.ends_with('(')) signature += ", ";
      signature += std::string(parameter.name) + (parameter.repeats ? "…" : parameter.optional ? "?" : "");
    }
    error(Code::wrong_argument_count, expr.span, "`" + node.name + "` is given " + plural(given, "argument")).help =
        "its form is `" + signature + ")`";
    return anything();
  }
  if (function == Function::has) return lower_has(node, scope);
  CallTerm term{.function = function, .arguments = {}, .regex = std::nullopt};
  for (std::size_t i = 0; i < given; ++i) {
    const FunctionParameter& parameter = row.parameters[std::min(i, row.parameters.size() - 1)];
    if (parameter.kinds.has(Kinds::pattern)) {
      term.regex = constant_regex(node.arguments[i], scope);
      continue;
    }
    term.arguments.push_back(lower(node.arguments[i], scope));
    const Kinds kinds = kinds_of_term(term.arguments.back());
    if (none_of(both(kinds, parameter.kinds))) {
      error(Code::wrong_argument, node.arguments[i].span,
            "`" + node.name + "` wants " + in_words(parameter.kinds) + ", and this is " + in_words(kinds));
    }
  }
  return {std::move(term)};
}

Term Lowering::lower_has(const CallExpr& node, const Scope& scope) {
  const Expr& path = node.arguments.front();
  Term term = lower(path, scope);
  if (auto* field = std::get_if<FieldTerm>(&term.node)) {
    PathStep key = field->path.back();
    field->path.pop_back();
    Term base = field->path.empty() ? Term{EventTerm{}} : std::move(term);
    return {HasTerm{.base = std::move(base), .key = std::move(key)}};
  }
  if (auto* member = std::get_if<MemberTerm>(&term.node)) {
    PathStep key = member->key;
    return {HasTerm{.base = std::move(member->base), .key = std::move(key)}};
  }
  if (auto* index = std::get_if<IndexTerm>(&term.node)) {
    if (const Value* constant = constant_of(*index->index); constant != nullptr && constant->as_index()) {
      return {HasTerm{.base = std::move(index->base), .key = *constant->as_index()}};
    }
  }
  error(Code::wrong_argument, path.span, "`has` wants a path that ends in a field, such as `a.b`");
  return anything();
}

std::optional<Regex> Lowering::constant_regex(const Expr& expr, const Scope& scope) {
  const Term term = lower(expr, scope);
  const Value* constant = constant_of(term);
  if (constant == nullptr || constant->string() == nullptr) {
    if (!generic_) error(Code::pattern_not_constant, expr.span, "a regex must be a constant string");
    return std::nullopt;
  }
  auto compiled = Regex::compile(*constant->string(), {.folded = false, .memory = options_.regex_memory});
  if (const auto* fault = std::get_if<PatternError>(&compiled)) {
    error(Code::bad_regex, expr.span, "the regex is not well formed: " + fault->reason);
    return std::nullopt;
  }
  return std::get<Regex>(std::move(compiled));
}

void Lowering::unknown_function(const CallExpr& node, const Expr& expr, const Scope& scope) {
  Diagnostic& diagnostic = error(Code::unknown_function, node.name_span, "there is no function `" + node.name + "`");
  if (node.name == "recall") {
    diagnostic.help = "memory is not available in this version";
    return;
  }
  const std::size_t dot = node.name.rfind('.');
  if (dot != std::string::npos && function_from_spelling(std::string_view(node.name).substr(dot + 1))) {
    std::string call = node.name.substr(dot + 1) + "(" + node.name.substr(0, dot);
    for (const Expr& argument : node.arguments) call += ", " + print(argument);
    call += ")";
    diagnostic.help = "functions are called with the value as their first argument";
    diagnostic.fixes.push_back({.title = "write `" + call + "`", .span = expr.span, .replacement = call});
    return;
  }
  std::vector<std::string> known = keys_of(scope.home->definitions);
  for (const FunctionRow& row : functions()) known.emplace_back(row.spelling);
  for (const auto& [id, library] : scope.home->libraries) {
    for (const auto& [name, entry] : library->definitions) known.push_back(id + "." + name);
  }
  for (const Scope* at = &scope; at != nullptr; at = at->outer) {
    for (const auto& [name, binding] : at->names) {
      if (binding.local && binding.local->definition->has_parameters) known.push_back(name);
    }
  }
  suggest(diagnostic, node.name, node.name_span, known);
}

void Lowering::undefined_name(std::string_view name, SourceSpan span, const Scope& scope) {
  Diagnostic& diagnostic = error(Code::undefined_name, span, "`" + std::string(name) + "` is not defined");
  if (name == "previous") {
    diagnostic.message = "`previous` has a value only with `Remember`";
    diagnostic.help = "memory is not available in this version; a field of that name is written `$.previous`";
    return;
  }
  diagnostic.help = "a name in capitals is a definition; a field of that name is written `$." + std::string(name) + "`";
  std::vector<std::string> known = keys_of(scope.home->definitions);
  for (const auto& [id, library] : scope.home->libraries) {
    for (const auto& [defined, entry] : library->definitions) {
      if (defined == name) known.insert(known.begin(), id + "." + defined);
    }
  }
  suggest(diagnostic, name, span, known);
  const std::string qualified = "." + std::string(name);
  for (const std::string& candidate : known) {
    if (diagnostic.fixes.empty() && candidate.ends_with(qualified)) {
      diagnostic.fixes.push_back({.title = "write `" + candidate + "`", .span = span, .replacement = candidate});
    }
  }
}

}  // namespace picket
