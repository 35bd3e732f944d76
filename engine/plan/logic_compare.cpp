// Comparisons of fields with constants, and what can be led back to them.
#include <algorithm>
#include <optional>
#include <string>

#include "engine/plan/logic.hpp"

namespace picket {
namespace {

// Whether two constant texts, as a fallback puts them beside each other, are equal, or one is in a list; nothing for
// whatever else.
std::optional<bool> known_comparison(const CompareTerm& compare, const Value& left, const Value& right) {
  const std::string* text = left.string();
  if (text == nullptr || compare.all || (compare.op != Op::eq && compare.op != Op::in)) return std::nullopt;
  const auto equals = [&](const Value& value) {
    return value.string() != nullptr &&
           (compare.folded ? fold_case(*value.string()) == fold_case(*text) : *value.string() == *text);
  };
  if (compare.op == Op::eq) return right.string() != nullptr ? std::optional(equals(right)) : std::nullopt;
  const List* list = right.list();
  const auto is_text = [](const Value& value) { return value.string() != nullptr; };
  if (list == nullptr || !std::all_of(list->begin(), list->end(), is_text)) return std::nullopt;
  return std::any_of(list->begin(), list->end(), equals);
}

bool takes_any_of_list(Op op) {
  return op == Op::contains || op == Op::starts_with || op == Op::ends_with || op == Op::like || op == Op::matches ||
         op == Op::in_cidr;
}

}  // namespace

Logic LogicBuilder::compare(const CompareTerm& compare, PlacedTerm whole) {
  const PlacedTerm left = resolve({.term = &*compare.left, .scope = whole.scope});
  const PlacedTerm right = resolve({.term = &*compare.right, .scope = whole.scope});
  const auto* left_constant = std::get_if<ConstantTerm>(&left.term->node);
  const auto* right_constant = std::get_if<ConstantTerm>(&right.term->node);
  Logic logic;
  if (right_constant != nullptr) {
    logic = this->compare(compare, left, right_constant->value);
  } else if (left_constant != nullptr && field_of(*right.term) != no_field) {
    const FieldId field = field_of(*right.term);
    const Value& constant = left_constant->value;
    if (const auto op = mirrored(compare.op)) {
      logic = Logic::of(predicates_.compare(compare, *op, field, constant));
    } else if (compare.op == Op::in && constant.list() == nullptr) {
      // `"x" in field` is `field contains "x"`. (A list there would be one element here, any of them there.)
      logic = Logic::of(predicates_.compare(compare, Op::contains, field, constant));
    } else {
      return residual(whole);
    }
  } else {
    return residual(whole);
  }
  return compare.negated ? Logic::negation(std::move(logic)) : logic;
}

// Without regard to the negation.
Logic LogicBuilder::compare(const CompareTerm& compare, PlacedTerm placed, const Value& right) {
  const PlacedTerm left = resolve(placed);
  const auto at = [scope = left.scope](const Term& part) { return PlacedTerm{.term = &part, .scope = scope}; };
  if (takes_any_of_list(compare.op) && right.list() != nullptr && right.list()->empty()) {
    return Logic::constant(compare.all);
  }
  if (const FieldId field = field_of(*left.term); field != no_field) {
    return Logic::of(predicates_.compare(compare, compare.op, field, right));
  }
  if (const auto* constant = std::get_if<ConstantTerm>(&left.term->node)) {
    if (const auto known = known_comparison(compare, constant->value, right)) return Logic::constant(*known);
  }
  if (!spend()) return residual_compare(compare, left, right);
  const TermNode& node = left.term->node;
  if (const auto* fallback = std::get_if<FallbackTerm>(&node)) {
    const PlacedTerm first = at(*fallback->left);
    Logic taken = fallback->unless_falsy ? truth(first) : Logic::negation(is_null(first));
    return choice(std::move(taken), this->compare(compare, first, right),
                  this->compare(compare, at(*fallback->right), right));
  }
  if (const auto* either = std::get_if<IfTerm>(&node)) {
    return choice(truth(at(*either->condition)), this->compare(compare, at(*either->then), right),
                  this->compare(compare, at(*either->otherwise), right));
  }
  return residual_compare(compare, left, right);
}

Logic LogicBuilder::residual_compare(const CompareTerm& compare, PlacedTerm left, const Value& right) {
  CompareTerm copy = compare;
  copy.negated = false;
  copy.left = *standalone(left);
  copy.right = Term{ConstantTerm{right}};
  const bool needs_left = false_for_nothing(copy, right);
  const Term* asked = predicates_.keep({std::move(copy)});
  if (memory_.reads(*asked)) return Logic::unknown();
  return Logic::of(residual(*asked, *left.scope, needs_left ? nothing_without(left) : std::vector<FieldId>{}));
}

}  // namespace picket
