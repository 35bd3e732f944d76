#include "engine/ruletest/comparison_state.hpp"

#include <algorithm>

namespace picket {
namespace {

bool any_of_kind(const Value& right, Kind kind) {
  if (right.kind() == kind) return true;
  const List* list = right.list();
  return list != nullptr &&
         std::any_of(list->begin(), list->end(), [kind](const Value& element) { return element.kind() == kind; });
}

// Whether the operator cannot but be false for values of these kinds.
bool kinds_clash(Op op, const Value& left, const Value& right) {
  const Kind kind = left.kind();
  switch (op) {
    case Op::eq:
    case Op::ne:
      return kind != right.kind() && !right.is_null();
    case Op::lt:
    case Op::le:
    case Op::gt:
    case Op::ge:
      return kind != right.kind() || kind == Kind::boolean || kind == Kind::list || kind == Kind::object;
    case Op::in:
      if (const List* list = right.list()) return !list->empty() && !any_of_kind(right, kind);
      return kind != Kind::string;
    case Op::contains:
      if (kind == Kind::list) return false;
      return (kind != Kind::string && kind != Kind::object) || !any_of_kind(right, Kind::string);
    case Op::in_cidr:
    case Op::starts_with:
    case Op::ends_with:
    case Op::like:
    case Op::matches:
      return kind != Kind::string;
  }
  return false;
}

}  // namespace

// A lenient item takes a number as a text as well.
const Observation* clash_of(const Observation& item) {
  const Observation* clash = nullptr;
  for (const Observation& one : item.within) {
    if (one.term == nullptr || !one.right || one.left.is_null()) continue;
    const Op op = one.term->op;
    const bool as_text = item.item->lenient && one.left.list() == nullptr && one.left.object() == nullptr &&
                         (op == Op::eq || op == Op::in);
    if (as_text || !kinds_clash(op, one.left, *one.right)) return nullptr;
    clash = &one;
  }
  return clash;
}

std::string_view spelling(ComparisonState state) {
  switch (state) {
    case ComparisonState::is_true:
      return "true";
    case ComparisonState::is_false:
      return "false";
    case ComparisonState::missing:
      return "missing";
    case ComparisonState::wrong_type:
      return "wrong type";
    case ComparisonState::not_reached:
      return "not reached";
  }
  return {};
}

ComparisonState state_of(const Observation& seen) {
  if (seen.result) return ComparisonState::is_true;
  if (seen.item != nullptr && seen.item->fields.empty()) return ComparisonState::is_false;
  if (seen.left.is_null()) return ComparisonState::missing;
  if (seen.item != nullptr) return clash_of(seen) != nullptr ? ComparisonState::wrong_type : ComparisonState::is_false;
  if (seen.term != nullptr && seen.right && kinds_clash(seen.term->op, seen.left, *seen.right)) {
    return ComparisonState::wrong_type;
  }
  return ComparisonState::is_false;
}

}  // namespace picket
