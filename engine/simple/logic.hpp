// How lowered conditions are joined and turned round.
#pragma once

#include <utility>
#include <vector>

#include "grammar/ast/expr.hpp"

namespace picket::simple {

// The conjunction of parts; of one, that one; of none, true.
[[nodiscard]] inline Expr all_of(std::vector<Expr> parts, SourceSpan span) {
  if (parts.empty()) return {BoolLiteral{true}, span};
  if (parts.size() == 1) return std::move(parts.front());
  return {LogicExpr{Connective::conjunction, std::move(parts)}, span};
}

// The opposite, said by the comparison itself where it can say it.
[[nodiscard]] inline Expr opposite(Expr expr) {
  // What its author wrote stays what it is.
  if (expr.item != nullptr) {
    const SourceSpan span = expr.span;
    return {NotExpr{std::move(expr)}, span};
  }
  if (auto* compare = std::get_if<CompareExpr>(&expr.node)) {
    if (compare->clause.op == Op::eq && !compare->clause.negated) {
      compare->clause.op = Op::ne;
    } else {
      compare->clause.negated = !compare->clause.negated;
    }
    return expr;
  }
  if (auto* is = std::get_if<IsExpr>(&expr.node)) {
    is->clause.negated = !is->clause.negated;
    return expr;
  }
  if (auto* truth = std::get_if<BoolLiteral>(&expr.node)) {
    truth->value = !truth->value;
    return expr;
  }
  const SourceSpan span = expr.span;
  return {NotExpr{std::move(expr)}, span};
}

}  // namespace picket::simple
