#include "engine/mutation/clause_mistakes.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>

#include "grammar/ast/literals.hpp"

namespace picket {
namespace {

using Mistakes = std::vector<std::pair<Mistake, CompareClause>>;

// Calls change(text) for a string literal, or for each of a list; whether it said of any that it did.
template <typename Change>
bool change_texts(Expr& right, const Change& change) {
  if (auto* text = std::get_if<StringLiteral>(&right.node)) return change(text->value);
  bool changed = false;
  if (auto* list = std::get_if<ListExpr>(&right.node)) {
    for (ListExpr::Item& item : list->items) {
      if (auto* text = std::get_if<StringLiteral>(&item.value.node)) changed = change(text->value) || changed;
    }
  }
  return changed;
}

bool has_texts(const Expr& right) {
  Expr copy = right;
  return change_texts(copy, [](const std::string&) { return true; });
}

// Whether case can matter: a right side that is known to have no letters is the same in any case.
bool may_have_letters(const Expr& right, const std::vector<Definition>& definitions) {
  if (const auto* name = std::get_if<NameExpr>(&right.node)) {
    const auto named = std::ranges::find(definitions, name->name, &Definition::name);
    return named == definitions.end() || named->has_parameters || may_have_letters(*named->body, {});
  }
  const bool literal =
      std::holds_alternative<StringLiteral>(right.node) || std::holds_alternative<ListExpr>(right.node) ||
      std::holds_alternative<NumberLiteral>(right.node) || std::holds_alternative<BoolLiteral>(right.node) ||
      std::holds_alternative<NullLiteral>(right.node) || std::holds_alternative<NegateExpr>(right.node);
  if (!literal) return true;
  Expr copy = right;
  return change_texts(copy, [](const std::string& text) { return has_letters(text); });
}

void add_operator(Mistakes& mistakes, const CompareClause& clause, Op op) {
  CompareClause changed = clause;
  changed.op = op;
  if (!row_of(op).all) changed.all = false;
  mistakes.emplace_back(Mistake::comparison, std::move(changed));
}

// A star too many, or one too few, at the front or at the back of a glob.
void add_stars(Mistakes& mistakes, const CompareClause& clause) {
  for (const bool front : {true, false}) {
    CompareClause changed = clause;
    const bool any = change_texts(*changed.right, [front](std::string& glob) {
      const bool star = front ? glob.starts_with('*') : glob.ends_with('*');
      if (star && glob.size() > 1) {
        front ? static_cast<void>(glob.erase(0, 1)) : glob.pop_back();
        return true;
      }
      if (star) return false;
      front ? static_cast<void>(glob.insert(0, 1, '*')) : glob.push_back('*');
      return true;
    });
    if (any) mistakes.emplace_back(Mistake::comparison, std::move(changed));
  }
}

void add_operators(Mistakes& mistakes, const CompareClause& clause) {
  if (clause.all) {
    CompareClause changed = clause;
    changed.all = false;
    mistakes.emplace_back(Mistake::comparison, std::move(changed));
  }
  if (!has_texts(*clause.right)) return;
  const bool list = std::holds_alternative<ListExpr>(clause.right->node);
  const Op equal = list ? Op::in : Op::eq;
  switch (clause.op) {
    case Op::eq:
    case Op::in:
      if (list == (clause.op == Op::in)) add_operator(mistakes, clause, Op::contains);
      break;
    case Op::contains:
      add_operator(mistakes, clause, Op::starts_with);
      add_operator(mistakes, clause, Op::ends_with);
      break;
    case Op::starts_with:
    case Op::ends_with:
      add_operator(mistakes, clause, Op::contains);
      if (!clause.all) add_operator(mistakes, clause, equal);
      break;
    case Op::like:
      add_stars(mistakes, clause);
      break;
    case Op::ne:
    case Op::lt:
    case Op::le:
    case Op::gt:
    case Op::ge:
    case Op::in_cidr:
    case Op::matches:
      break;
  }
}

struct Neighbour {
  Op op{};            // the same boundary, in or out
  std::int64_t step;  // the way that this does not lead, for whole numbers
};

std::optional<Neighbour> neighbour_of(Op op) {
  switch (op) {
    case Op::gt:
      return Neighbour{Op::ge, 1};
    case Op::ge:
      return Neighbour{Op::gt, -1};
    case Op::lt:
      return Neighbour{Op::le, -1};
    case Op::le:
      return Neighbour{Op::lt, 1};
    case Op::eq:
    case Op::ne:
    case Op::in:
    case Op::in_cidr:
    case Op::contains:
    case Op::starts_with:
    case Op::ends_with:
    case Op::like:
    case Op::matches:
      return std::nullopt;
  }
  return std::nullopt;
}

void add_boundaries(Mistakes& mistakes, const CompareClause& clause) {
  const auto neighbour = neighbour_of(clause.op);
  const bool equal = clause.op == Op::eq || clause.op == Op::ne;
  if (neighbour) {
    CompareClause changed = clause;
    changed.op = neighbour->op;
    mistakes.emplace_back(Mistake::boundary, std::move(changed));
  }
  const auto number = whole_number(*clause.right);
  if (!number || (!neighbour && !equal)) return;
  CompareClause changed = clause;
  changed.right = number_expr(*number + (neighbour ? neighbour->step : 1), clause.right->span);
  mistakes.emplace_back(Mistake::number, std::move(changed));
}

bool drop_first_anchor(std::string& regex) {
  if (!regex.starts_with('^')) return false;
  regex.erase(0, 1);
  return true;
}

bool drop_last_anchor(std::string& regex) {
  if (!regex.ends_with('$') || regex.ends_with("\\$")) return false;
  regex.pop_back();
  return true;
}

void add_anchors(Mistakes& mistakes, const CompareClause& clause) {
  if (clause.op != Op::matches) return;
  for (const auto drop : {drop_first_anchor, drop_last_anchor}) {
    CompareClause changed = clause;
    if (change_texts(*changed.right, drop)) mistakes.emplace_back(Mistake::anchor, std::move(changed));
  }
}

}  // namespace

Mistakes clause_mistakes(const CompareClause& clause, const std::vector<Definition>& definitions) {
  Mistakes mistakes;
  add_operators(mistakes, clause);
  add_anchors(mistakes, clause);
  if (row_of(clause.op).folds && may_have_letters(*clause.right, definitions)) {
    CompareClause changed = clause;
    changed.folded = !changed.folded;
    mistakes.emplace_back(Mistake::case_folding, std::move(changed));
  }
  add_boundaries(mistakes, clause);
  return mistakes;
}

}  // namespace picket
