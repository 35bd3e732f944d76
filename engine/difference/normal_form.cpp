#include "engine/difference/normal_form.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "grammar/ast/print.hpp"
#include "grammar/ast/walk.hpp"

namespace picket::difference {
namespace {

void add_operands(const Expr& expr, Connective connective, std::vector<const Expr*>& operands) {
  if (const auto* logic = std::get_if<LogicExpr>(&expr.node); logic != nullptr && logic->connective == connective) {
    for (const Expr& operand : logic->operands) add_operands(operand, connective, operands);
    return;
  }
  if (const auto* group = std::get_if<GroupExpr>(&expr.node); group != nullptr && group->block.definitions.empty()) {
    const GroupKind flat = connective == Connective::conjunction ? GroupKind::all : GroupKind::any;
    const bool of_one = group->kind != GroupKind::none && group->block.lines.size() == 1;
    if (group->kind == flat || of_one) {
      for (const Expr& line : group->block.lines) add_operands(line, connective, operands);
      return;
    }
  }
  operands.push_back(&expr);
}

void sort_and_unite(std::vector<Expr>& exprs) {
  std::vector<std::pair<std::string, Expr>> keyed;
  keyed.reserve(exprs.size());
  for (Expr& expr : exprs) {
    std::string key = print(expr);
    keyed.emplace_back(std::move(key), std::move(expr));
  }
  std::stable_sort(keyed.begin(), keyed.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  exprs.clear();
  const std::string* before = nullptr;
  for (auto& [key, expr] : keyed) {
    if (before == nullptr || *before != key) exprs.push_back(std::move(expr));
    before = &key;
  }
}

void rewrite_list(ListExpr& list) {
  std::vector<Expr> values;
  for (ListExpr::Item& item : list.items) {
    if (item.spread) return;
    values.push_back(item.value);
  }
  sort_and_unite(values);
  list.items.clear();
  for (Expr& value : values) list.items.push_back({false, std::move(value)});
}

void rewrite_comparison(CompareExpr& compare) {
  CompareClause& clause = compare.clause;
  if (clause.op == Op::ne) {
    clause.op = Op::eq;
    clause.negated = !clause.negated;
  }
  if (!compares_with_set(clause.op)) return;
  if (auto* list = std::get_if<ListExpr>(&clause.right->node)) rewrite_list(*list);
}

void rewrite_logic(Expr& expr, Connective connective) {
  std::vector<Expr> operands;
  for (const Expr* operand : operands_of(expr, connective)) operands.push_back(*operand);
  sort_and_unite(operands);
  if (operands.size() == 1) {
    Expr only = std::move(operands.front());
    expr = std::move(only);
  } else {
    expr.node = LogicExpr{connective, std::move(operands)};
  }
}

// `not a eq b` is `a not eq b`.
void rewrite_not(Expr& expr) {
  Expr operand = *std::get<NotExpr>(expr.node).operand;
  if (auto* compare = std::get_if<CompareExpr>(&operand.node)) {
    compare->clause.negated = !compare->clause.negated;
  } else if (auto* is = std::get_if<IsExpr>(&operand.node)) {
    is->clause.negated = !is->clause.negated;
  } else {
    return;
  }
  expr = std::move(operand);
}

// REQUIRES: what is in the expression is in normal form.
void rewrite(Expr& expr) {
  if (auto* compare = std::get_if<CompareExpr>(&expr.node)) {
    rewrite_comparison(*compare);
  } else if (const auto* logic = std::get_if<LogicExpr>(&expr.node)) {
    rewrite_logic(expr, logic->connective);
  } else if (std::holds_alternative<NotExpr>(expr.node)) {
    rewrite_not(expr);
  } else if (auto* binder = std::get_if<BinderExpr>(&expr.node)) {
    sort_and_unite(binder->body.lines);
  } else if (auto* group = std::get_if<GroupExpr>(&expr.node)) {
    // A group of one line may stand for a value, whose truth it gives: that it is a group counts.
    if (group->kind == GroupKind::none || !group->block.definitions.empty() || group->block.lines.size() < 2) {
      sort_and_unite(group->block.lines);
    } else {
      rewrite_logic(expr, group->kind == GroupKind::any ? Connective::disjunction : Connective::conjunction);
    }
  }
}

}  // namespace

bool compares_with_set(Op op) { return op == Op::in || row_of(op).list_right; }

std::vector<const Expr*> operands_of(const Expr& expr, Connective connective) {
  std::vector<const Expr*> operands;
  add_operands(expr, connective, operands);
  return operands;
}

std::string normal_form(const Expr& expr) {
  Expr copy = expr;  // NOLINT(performance-unnecessary-copy-initialization): it is modified, part by part
  std::vector<Expr*> parts;
  // walk() only reads; the tree is our own copy.
  walk(copy, [&](const Expr& part) { parts.push_back(const_cast<Expr*>(&part)); });
  std::reverse(parts.begin(), parts.end());  // inner before outer
  for (Expr* part : parts) rewrite(*part);
  return print(copy);
}

}  // namespace picket::difference
