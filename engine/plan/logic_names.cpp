// Looking through names, and what a term cannot do without.
#include <algorithm>
#include <iterator>
#include <set>

#include "engine/analyse/operands.hpp"
#include "engine/plan/logic.hpp"

namespace picket {
namespace {

// Functions that give null, or the empty list, where their first argument is null.
bool needs_first_argument(Function function) {
  switch (function) {
    case Function::lower:
    case Function::upper:
    case Function::title:
    case Function::split:
    case Function::trim:
    case Function::ltrim:
    case Function::rtrim:
    case Function::replace:
    case Function::replace_re:
    case Function::extract:
    case Function::extract_all:
    case Function::defang:
    case Function::floor:
    case Function::abs:
    case Function::round:
    case Function::sort:
    case Function::distinct:
    case Function::flatten:
    case Function::keys:
    case Function::values:
    case Function::get:
    case Function::base64:
    case Function::base64_text:
    case Function::url:
    case Function::url_decode:
    case Function::words:
    case Function::time:
    case Function::epoch:
    case Function::seconds:
    case Function::format_time:
      return true;
    default:
      return false;
  }
}

void add(std::vector<FieldId>& to, const std::vector<FieldId>& more) {
  for (const FieldId field : more) {
    if (std::find(to.begin(), to.end(), field) == to.end()) to.push_back(field);
  }
}

std::vector<FieldId> common(const std::vector<FieldId>& a, const std::vector<FieldId>& b) {
  std::vector<FieldId> both;
  std::copy_if(a.begin(), a.end(), std::back_inserter(both),
               [&b](FieldId field) { return std::find(b.begin(), b.end(), field) != b.end(); });
  return both;
}

void collect_slots(const Term& term, std::set<Slot>& slots) {
  if (const auto* slot = std::get_if<SlotTerm>(&term.node)) slots.insert(slot->slot);
  each_operand(term, [&slots](const Term& part) { collect_slots(part, slots); });
}

}  // namespace

bool false_for_nothing(const CompareTerm& compare, const Value& right) {
  if (compare.all) return false;
  const List* list = right.list();
  switch (compare.op) {
    case Op::eq:
      return !right.empty();
    case Op::in:
      return list != nullptr && std::none_of(list->begin(), list->end(), [](const Value& value) {
               return value.empty() && value.string() == nullptr;
             });
    case Op::ne:
      return false;
    case Op::lt:
    case Op::le:
    case Op::gt:
    case Op::ge:
    case Op::in_cidr:
    case Op::contains:
    case Op::starts_with:
    case Op::ends_with:
    case Op::like:
    case Op::matches:
      return true;
  }
  return false;
}

TextScope* LogicBuilder::scope_of(const CheckedText& text) {
  TextScope& scope = scopes_[&text];
  scope.slots = text.slots;
  return &scope;
}

PlacedTerm LogicBuilder::resolve(PlacedTerm placed) {
  for (;;) {
    const TermNode& node = placed.term->node;
    if (const auto* scope = std::get_if<ScopeTerm>(&node)) {
      placed.term = &*scope->body;
    } else if (const auto* local = std::get_if<LocalTerm>(&node)) {
      placed.term = local->body.get();
    } else if (const auto* unfolded = std::get_if<UnfoldedTerm>(&node)) {
      for (const auto& [slot, argument] : unfolded->arguments) placed.scope->arguments[slot] = &*argument;
      placed.term = &*unfolded->body;
    } else if (const auto* slot = std::get_if<SlotTerm>(&node)) {
      const auto bound = placed.scope->arguments.find(slot->slot);
      if (bound == placed.scope->arguments.end()) return placed;
      placed.term = bound->second;
    } else if (const auto* udm = std::get_if<UdmTerm>(&node)) {
      const CheckedText* mapping = nullptr;
      if (model_ != nullptr) {
        const auto found = model_->mappings.find(udm->name);
        if (found != model_->mappings.end()) mapping = &found->second;
      }
      placed = mapping == nullptr ? PlacedTerm{.term = &*udm->unmapped, .scope = placed.scope}
                                  : PlacedTerm{.term = &mapping->term, .scope = scope_of(*mapping)};
    } else if (const auto* shared = std::get_if<SharedTerm>(&node)) {
      // Values only: what is true or false is better decided once for all rules.
      const CheckedText& body = pack_.definitions[shared->definition].body;
      const Term& term = body.term;
      const bool plain = std::holds_alternative<FieldTerm>(term.node) ||
                         std::holds_alternative<ConstantTerm>(term.node) ||
                         std::holds_alternative<FallbackTerm>(term.node) ||
                         std::holds_alternative<UdmTerm>(term.node) || std::holds_alternative<SharedTerm>(term.node);
      if (!plain) return placed;
      placed = {.term = &term, .scope = scope_of(body)};
    } else {
      return placed;
    }
  }
}

FieldId LogicBuilder::field_of(const Term& term) {
  const auto* field = std::get_if<FieldTerm>(&term.node);
  if (field == nullptr) return no_field;
  const FieldReading reading = first_steps(*field);
  return reading.steps == field->path.size() ? reading.field : no_field;
}

FieldReading LogicBuilder::first_steps(const FieldTerm& field) {
  std::vector<std::string> keys;
  for (const PathStep& step : field.path) {
    const auto* key = std::get_if<std::string>(&step);
    if (key == nullptr) break;
    keys.push_back(*key);
  }
  if (keys.empty()) return {};
  return {.field = predicates_.field(keys), .steps = keys.size()};
}

namespace {

// What the term is a part of, or holds parts of: steps are taken back.
const Term& base_of(const Term& term) {
  const Term* base = nullptr;
  if (const auto* member = std::get_if<MemberTerm>(&term.node)) base = &*member->base;
  if (const auto* each = std::get_if<EachTerm>(&term.node)) base = &*each->base;
  if (const auto* each = std::get_if<EachMemberTerm>(&term.node)) base = &*each->base;
  return base == nullptr ? term : base_of(*base);
}

bool is_of_element(const Term& term, Slot element) {
  const auto* slot = std::get_if<SlotTerm>(&base_of(term).node);
  return slot != nullptr && slot->slot == element;
}

// Of which one stands in an element for which the term is true; folded.
std::vector<std::string> texts_within(const Term& term, Slot element) {
  if (const auto* scope = std::get_if<ScopeTerm>(&term.node)) return texts_within(*scope->body, element);
  if (const auto* logic = std::get_if<LogicTerm>(&term.node)) {
    if (logic->connective != Connective::conjunction) return {};
    for (const Term& operand : logic->operands) {
      if (auto texts = texts_within(operand, element); !texts.empty()) return texts;
    }
    return {};
  }
  if (const auto* binder = std::get_if<BinderTerm>(&term.node)) {
    const bool any = binder->kind == BinderKind::any && is_of_element(*binder->list, element);
    return any ? texts_within(*binder->body, binder->element) : std::vector<std::string>{};
  }
  const auto* compare = std::get_if<CompareTerm>(&term.node);
  if (compare == nullptr || compare->negated || !is_of_element(*compare->left, element)) return {};
  const auto* constant = std::get_if<ConstantTerm>(&compare->right->node);
  if (constant == nullptr) return {};
  if (compare->op == Op::like) return texts_of_globs(constant->value);
  if (compare->op == Op::matches) return texts_of_regexes(compare->regexes);
  const bool is_list = constant->value.list() != nullptr;
  const bool takes_texts = compare->op == Op::contains || compare->op == Op::starts_with ||
                           compare->op == Op::ends_with || (compare->op == Op::eq && !is_list) ||
                           (compare->op == Op::in && is_list);
  return takes_texts ? folded_texts_of(constant->value) : std::vector<std::string>{};
}

}  // namespace

PredicateTable::Within LogicBuilder::within(const Term& term) {
  const auto* binder = std::get_if<BinderTerm>(&term.node);
  if (binder == nullptr || binder->kind != BinderKind::any) return {};
  const Term& base = base_of(*binder->list);
  const bool of_event = std::holds_alternative<EventTerm>(base.node);
  std::vector<std::string> texts = texts_within(*binder->body, binder->element);
  if (of_event && texts.empty()) return {};
  const FieldId field = of_event ? predicates_.field({}) : field_of(base);
  if (field == no_field) return {};
  return {.field = field, .texts = std::move(texts)};
}

void LogicBuilder::note_readings(const Term& term) {
  if (const auto* field = std::get_if<FieldTerm>(&term.node)) {
    if (const FieldReading reading = first_steps(*field); reading.field != no_field) readings_[field] = reading;
    return;
  }
  const CheckedText* body = nullptr;
  if (const auto* shared = std::get_if<SharedTerm>(&term.node)) body = &pack_.definitions[shared->definition].body;
  if (const auto* udm = std::get_if<UdmTerm>(&term.node)) {
    if (model_ != nullptr) {
      const auto found = model_->mappings.find(udm->name);
      if (found != model_->mappings.end()) body = &found->second;
    }
    if (body == nullptr) note_readings(*udm->unmapped);
  }
  if (body != nullptr && noted_.insert(body).second) note_readings(body->term);
  each_operand(term, [this](const Term& part) { note_readings(part); });
}

PredicateId LogicBuilder::residual(const Term& term, const TextScope& scope, const std::vector<FieldId>& needs) {
  note_readings(term);
  return predicates_.residual(term, scope.slots, needs, within(term));
}

std::vector<FieldId> LogicBuilder::nothing_without(PlacedTerm placed) {
  const PlacedTerm term = resolve(placed);
  const auto at = [scope = term.scope](const Term& part) { return PlacedTerm{.term = &part, .scope = scope}; };
  const TermNode& node = term.term->node;
  if (const auto* field = std::get_if<FieldTerm>(&node)) {
    // Up to the first index: what is before it has to be there.
    const FieldReading reading = first_steps(*field);
    return reading.field == no_field ? std::vector<FieldId>{} : std::vector<FieldId>{reading.field};
  }
  if (const auto* call = std::get_if<CallTerm>(&node)) {
    if (!needs_first_argument(call->function) || call->arguments.empty()) return {};
    return nothing_without(at(call->arguments.front()));
  }
  if (const auto* fallback = std::get_if<FallbackTerm>(&node)) {
    return common(nothing_without(at(*fallback->left)), nothing_without(at(*fallback->right)));
  }
  if (const auto* either = std::get_if<IfTerm>(&node)) {
    return common(nothing_without(at(*either->then)), nothing_without(at(*either->otherwise)));
  }
  if (const auto* binder = std::get_if<BinderTerm>(&node)) {
    const bool lists =
        binder->kind == BinderKind::where || binder->kind == BinderKind::map || binder->kind == BinderKind::first;
    return lists ? nothing_without(at(*binder->list)) : std::vector<FieldId>{};
  }
  if (const auto* shared = std::get_if<SharedTerm>(&node)) {
    const CheckedText& body = pack_.definitions[shared->definition].body;
    return nothing_without({.term = &body.term, .scope = scope_of(body)});
  }
  const auto of_base = [&](const auto& kind) -> std::vector<FieldId> {
    if constexpr (requires { kind.base; }) {
      if constexpr (!requires { kind.key.index(); }) return nothing_without(at(*kind.base));
    }
    return {};
  };
  return std::visit(of_base, node);
}

std::vector<FieldId> LogicBuilder::false_without(PlacedTerm placed) {
  const PlacedTerm term = resolve(placed);
  const auto at = [scope = term.scope](const Term& part) { return PlacedTerm{.term = &part, .scope = scope}; };
  const TermNode& node = term.term->node;
  if (const auto* binder = std::get_if<BinderTerm>(&node)) {
    const bool none = binder->kind == BinderKind::all || binder->kind == BinderKind::none;
    return none ? std::vector<FieldId>{} : nothing_without(at(*binder->list));
  }
  if (const auto* comparison = std::get_if<CompareTerm>(&node)) {
    const PlacedTerm right = resolve(at(*comparison->right));
    const auto* constant = std::get_if<ConstantTerm>(&right.term->node);
    if (comparison->negated || constant == nullptr || !false_for_nothing(*comparison, constant->value)) return {};
    return nothing_without(at(*comparison->left));
  }
  if (const auto* kind = std::get_if<IsTerm>(&node)) {
    const bool needs = kind->negated
                           ? kind->kind == IsKind::empty
                           : kind->kind != IsKind::null && kind->kind != IsKind::empty && kind->kind != IsKind::list;
    return needs ? nothing_without(at(*kind->operand)) : std::vector<FieldId>{};
  }
  if (const auto* value = std::get_if<TruthTerm>(&node)) return false_without(at(*value->operand));
  if (const auto* logic = std::get_if<LogicTerm>(&node)) {
    if (logic->connective != Connective::conjunction) return {};
    std::vector<FieldId> any;
    for (const Term& operand : logic->operands) add(any, false_without(at(operand)));
    return any;
  }
  if (std::holds_alternative<NotTerm>(node)) return {};
  return nothing_without(term);
}

// Slots of arguments are bound within the term; those that only mean something further out, a binder's element, never
// stand free in a term that is asked for by itself.
const Term* LogicBuilder::standalone(PlacedTerm term) {
  std::set<Slot> slots;
  collect_slots(*term.term, slots);
  std::vector<std::pair<Slot, Box<Term>>> arguments;
  std::set<Slot> bound;
  for (std::vector<Slot> open(slots.begin(), slots.end()); !open.empty();) {
    const Slot slot = open.back();
    open.pop_back();
    const auto argument = term.scope->arguments.find(slot);
    if (argument == term.scope->arguments.end() || !bound.insert(slot).second) continue;
    arguments.emplace_back(slot, *argument->second);
    std::set<Slot> inner;
    collect_slots(*argument->second, inner);
    open.insert(open.end(), inner.begin(), inner.end());
  }
  if (arguments.empty()) return term.term;
  return predicates_.keep(
      {UnfoldedTerm{.definition = std::nullopt, .arguments = std::move(arguments), .body = Term(*term.term)}});
}

}  // namespace picket
