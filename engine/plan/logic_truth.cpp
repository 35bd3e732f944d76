// The truth of terms. What has no logic of its own becomes a residual predicate, which the interpreter decides.
#include <algorithm>
#include <iterator>
#include <optional>

#include "engine/plan/logic.hpp"

namespace picket {

Logic Logic::constant(bool value) {
  Logic logic;
  logic.value = value;
  return logic;
}

Logic Logic::of(PredicateId predicate) {
  Logic logic;
  logic.kind = Kind::predicate;
  logic.predicate = predicate;
  return logic;
}

Logic Logic::negation(Logic operand) {
  if (operand.kind == Kind::constant) return constant(!operand.value);
  if (operand.kind == Kind::negation) {
    Logic inner = std::move(operand.operands.front());
    return inner;
  }
  Logic logic;
  logic.kind = Kind::negation;
  logic.operands.push_back(std::move(operand));
  return logic;
}

namespace {

Logic connected(Logic::Kind kind, std::vector<Logic> operands) {
  const bool decides = kind == Logic::Kind::disjunction;
  Logic logic;
  logic.kind = kind;
  for (Logic& operand : operands) {
    if (operand.kind == Logic::Kind::constant) {
      if (operand.value == decides) return Logic::constant(decides);
    } else if (operand.kind == kind) {
      std::move(operand.operands.begin(), operand.operands.end(), std::back_inserter(logic.operands));
    } else {
      logic.operands.push_back(std::move(operand));
    }
  }
  if (logic.operands.empty()) return Logic::constant(!decides);
  if (logic.operands.size() == 1) {
    Logic only = std::move(logic.operands.front());
    return only;
  }
  return logic;
}

}  // namespace

Logic Logic::all(std::vector<Logic> operands) { return connected(Kind::conjunction, std::move(operands)); }
Logic Logic::any(std::vector<Logic> operands) { return connected(Kind::disjunction, std::move(operands)); }

Logic LogicBuilder::truth(const CheckedText& text) {
  size_ = 0;
  const PlacedTerm whole{.term = &text.term, .scope = scope_of(text)};
  Logic logic = truth(whole);
  return size_ <= largest ? logic : residual(whole);
}

Logic LogicBuilder::truth(PlacedTerm placed) {
  if (!spend()) return residual(placed);
  if (const auto* shared = std::get_if<SharedTerm>(&placed.term->node)) return definition(shared->definition);
  const PlacedTerm term = resolve(placed);
  if (const auto* shared = std::get_if<SharedTerm>(&term.term->node)) return definition(shared->definition);
  const auto at = [scope = term.scope](const Term& part) { return PlacedTerm{.term = &part, .scope = scope}; };
  const TermNode& node = term.term->node;
  if (const auto* comparison = std::get_if<CompareTerm>(&node)) return compare(*comparison, term);
  if (const auto* kind = std::get_if<IsTerm>(&node)) return is(*kind, at(*kind->operand), term);
  if (const auto* value = std::get_if<TruthTerm>(&node)) return truth(at(*value->operand));
  if (const auto* negation = std::get_if<NotTerm>(&node)) return Logic::negation(truth(at(*negation->operand)));
  if (const auto* logic = std::get_if<LogicTerm>(&node)) {
    std::vector<Logic> operands;
    for (const Term& operand : logic->operands) operands.push_back(truth(at(operand)));
    return logic->connective == Connective::conjunction ? Logic::all(std::move(operands))
                                                        : Logic::any(std::move(operands));
  }
  return truth_of_value(term);
}

// Of a resolved term that is not true or false by itself.
Logic LogicBuilder::truth_of_value(PlacedTerm term) {
  const auto at = [scope = term.scope](const Term& part) { return PlacedTerm{.term = &part, .scope = scope}; };
  const TermNode& node = term.term->node;
  if (const auto* constant = std::get_if<ConstantTerm>(&node)) return Logic::constant(constant->value.truth());
  if (const auto* either = std::get_if<IfTerm>(&node)) {
    return choice(truth(at(*either->condition)), truth(at(*either->then)), truth(at(*either->otherwise)));
  }
  if (const auto* fallback = std::get_if<FallbackTerm>(&node)) {
    // A true left side is not null either, whichever of the two the fallback asks for.
    Logic left = truth(at(*fallback->left));
    Logic right = truth(at(*fallback->right));
    if (fallback->unless_falsy) return Logic::any({std::move(left), std::move(right)});
    return Logic::any({std::move(left), Logic::all({is_null(at(*fallback->left)), std::move(right)})});
  }
  if (const FieldId field = field_of(*term.term); field != no_field) return Logic::of(predicates_.truth(field));
  if (const auto* binder = std::get_if<BinderTerm>(&node)) {
    if (auto elements = any_element(*binder, term)) return *std::move(elements);
  }
  return residual(term);
}

namespace {

bool is_element(const Term& term, Slot element) {
  const auto* slot = std::get_if<SlotTerm>(&term.node);
  return slot != nullptr && slot->slot == element;
}

struct ElementQuestion {
  const CompareTerm* comparison = nullptr;
  bool of_address = false;  // the element must be one besides
};

// What a body asks of its element: `. op x`; or behind a guard, `. is string` and a comparison that is false of
// whatever is no text, or `. is ip` and whether it is in networks. Else no comparison.
ElementQuestion question_of_element(const Term& body, Slot element) {
  const Term* term = &body;
  while (const auto* scope = std::get_if<ScopeTerm>(&term->node)) term = &*scope->body;
  const IsTerm* guard = nullptr;
  if (const auto* logic = std::get_if<LogicTerm>(&term->node)) {
    if (logic->connective != Connective::conjunction || logic->operands.size() != 2) return {};
    guard = std::get_if<IsTerm>(&logic->operands.front().node);
    if (guard == nullptr || guard->negated || !is_element(*guard->operand, element)) return {};
    term = &logic->operands.back();
  }
  const auto* comparison = std::get_if<CompareTerm>(&term->node);
  if (comparison == nullptr || !is_element(*comparison->left, element)) return {};
  if (guard == nullptr) return {.comparison = comparison};
  const bool of_text = guard->kind == IsKind::string && comparison->op == Op::contains;
  const bool of_address = guard->kind == IsKind::ip && comparison->op == Op::in_cidr;
  if (!of_text && !of_address) return {};
  return {.comparison = comparison, .of_address = of_address};
}

}  // namespace

// `any field { . op constant }`: for all but lists and objects the comparison of the field itself, and that it is an
// address if an element must be.
std::optional<Logic> LogicBuilder::any_element(const BinderTerm& binder, PlacedTerm whole) {
  if (binder.kind != BinderKind::any) return std::nullopt;
  const PlacedTerm list = resolve({.term = &*binder.list, .scope = whole.scope});
  const FieldId field = field_of(*list.term);
  const auto [comparison, of_address] = question_of_element(*binder.body, binder.element);
  if (field == no_field || comparison == nullptr || comparison->negated || comparison->all) return std::nullopt;
  const PlacedTerm right = resolve({.term = &*comparison->right, .scope = whole.scope});
  const auto* constant = std::get_if<ConstantTerm>(&right.term->node);
  if (constant == nullptr) return std::nullopt;
  // What is false for null and the empty list has an element to be true of.
  if (!false_for_nothing(*comparison, constant->value)) return std::nullopt;
  const Term* alone = standalone(whole);
  note_readings(*alone);
  Logic holds = Logic::of(predicates_.compare_elements(*comparison, field, constant->value, *alone, of_address,
                                                       whole.scope->slots, within(*alone)));
  if (!of_address) return holds;
  std::vector<Logic> kinds;
  for (const IsKind kind : {IsKind::ip, IsKind::list, IsKind::object})
    kinds.push_back(Logic::of(predicates_.is(kind, field)));
  return Logic::all({std::move(holds), Logic::any(std::move(kinds))});
}

Logic LogicBuilder::choice(Logic condition, Logic then, Logic otherwise) {
  Logic negated = Logic::negation(condition);
  return Logic::any(
      {Logic::all({std::move(condition), std::move(then)}), Logic::all({std::move(negated), std::move(otherwise)})});
}

Logic LogicBuilder::is_null(PlacedTerm placed) {
  const PlacedTerm term = resolve(placed);
  const auto at = [scope = term.scope](const Term& part) { return PlacedTerm{.term = &part, .scope = scope}; };
  const TermNode& node = term.term->node;
  if (const auto* constant = std::get_if<ConstantTerm>(&node)) return Logic::constant(constant->value.is_null());
  if (const auto* fallback = std::get_if<FallbackTerm>(&node); fallback != nullptr && !fallback->unless_falsy) {
    return Logic::all({is_null(at(*fallback->left)), is_null(at(*fallback->right))});
  }
  if (const FieldId field = field_of(*term.term); field != no_field) {
    return Logic::of(predicates_.is(IsKind::null, field));
  }
  // No term of ours says "is null" of this one: the interpreter gets a new one.
  const Term* alone = standalone(term);
  if (memory_.reads(*alone)) return Logic::unknown();
  const Term* asked =
      predicates_.keep({IsTerm{.kind = IsKind::null, .negated = false, .operand = Term(*alone), .site = nullptr}});
  return Logic::of(residual(*asked, *term.scope, {}));
}

Logic LogicBuilder::is(const IsTerm& is, PlacedTerm operand, PlacedTerm whole) {
  if (is.kind == IsKind::null) {
    Logic null = is_null(operand);
    return is.negated ? Logic::negation(std::move(null)) : null;
  }
  const PlacedTerm term = resolve(operand);
  if (const FieldId field = field_of(*term.term); field != no_field) {
    Logic logic = Logic::of(predicates_.is(is.kind, field));
    return is.negated ? Logic::negation(std::move(logic)) : logic;
  }
  return residual(whole);
}

// A definition is decided once for an event, however many rules ask it. One that is a single question needs no program
// around it.
Logic LogicBuilder::definition(DefinitionIndex definition) {
  if (const auto known = definitions_.find(definition); known != definitions_.end()) {
    if (has_unknown(known->second)) size_ += size_of(known->second);  // a copy, not a program that is shared
    return known->second;
  }
  const CheckedText& body = pack_.definitions[definition].body;
  Logic logic = truth(PlacedTerm{.term = &body.term, .scope = scope_of(body)});
  const bool small = logic.kind == Logic::Kind::constant || logic.kind == Logic::Kind::predicate ||
                     (logic.kind == Logic::Kind::negation && logic.operands[0].kind == Logic::Kind::predicate);
  if (has_unknown(logic)) {
    if (size_of(logic) > largest_copied) logic = Logic::unknown();
  } else if (!small) {
    const PredicateId program = predicates_.program();
    programs_.emplace(program, std::move(logic));
    definitions_of_programs_.emplace(program, definition);
    logic = Logic::of(program);
  }
  definitions_.emplace(definition, logic);
  return logic;
}

Logic LogicBuilder::residual(PlacedTerm term) {
  const Term* alone = standalone(term);
  if (memory_.reads(*alone)) return Logic::unknown();
  return Logic::of(residual(*alone, *term.scope, false_without(term)));
}

}  // namespace picket
