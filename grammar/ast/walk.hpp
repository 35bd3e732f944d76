// Visiting every expression of a tree, outer before inner, in the order of the text.
#pragma once

#include "grammar/ast/expr.hpp"

namespace picket {

template <typename Visit>
void walk(const Expr& expr, const Visit& visit);

template <typename Visit>
void walk(const Definition& definition, const Visit& visit) {
  for (const Parameter& parameter : definition.parameters) {
    if (parameter.fallback) walk(**parameter.fallback, visit);
  }
  walk(*definition.body, visit);
}

template <typename Visit>
void walk(const Block& block, const Visit& visit) {
  for (const Definition& definition : block.definitions) walk(definition, visit);
  for (const Expr& line : block.lines) walk(line, visit);
}

// Calls visit(const Expr&) for the expression and everything in it.
template <typename Visit>
// NOLINTNEXTLINE(readability-function-size,readability-function-cognitive-complexity): a list of the kinds of nodes
void walk(const Expr& expr, const Visit& visit) {
  visit(expr);
  const auto in = [&](const Expr& part) { walk(part, visit); };
  match(
      expr.node,
      [&](const TemplateExpr& e) {
        for (const auto& part : e.parts) {
          if (const auto* hole = std::get_if<Box<Expr>>(&part)) in(**hole);
        }
      },
      [&](const MemberExpr& e) { in(*e.base); },
      [&](const IndexExpr& e) {
        in(*e.base);
        in(*e.index);
      },
      [&](const SliceExpr& e) {
        in(*e.base);
        if (e.from) in(**e.from);
        if (e.to) in(**e.to);
      },
      [&](const EachExpr& e) { in(*e.base); },
      [&](const CallExpr& e) {
        for (const Expr& argument : e.arguments) in(argument);
      },
      [&](const NegateExpr& e) { in(*e.operand); },
      [&](const ArithmeticExpr& e) {
        in(*e.left);
        in(*e.right);
      },
      [&](const FallbackExpr& e) {
        in(*e.left);
        in(*e.right);
      },
      [&](const CompareExpr& e) {
        in(*e.left);
        in(*e.clause.right);
      },
      [&](const IsExpr& e) { in(*e.left); }, [&](const NotExpr& e) { in(*e.operand); },
      [&](const LogicExpr& e) {
        for (const Expr& operand : e.operands) in(operand);
      },
      [&](const LetExpr& e) {
        for (const Definition& definition : e.definitions) walk(definition, visit);
        in(*e.body);
      },
      [&](const IfExpr& e) {
        in(*e.condition);
        in(*e.then);
        in(*e.otherwise);
      },
      [&](const WhenExpr& e) {
        if (e.subject) in(**e.subject);
        for (const WhenExpr::Arm& arm : e.arms) {
          for (const Pattern& pattern : arm.patterns) {
            if (const auto* value = std::get_if<Box<Expr>>(&pattern)) in(**value);
            if (const auto* clause = std::get_if<CompareClause>(&pattern)) in(*clause->right);
          }
          in(*arm.value);
        }
        if (e.otherwise) in(**e.otherwise);
      },
      [&](const GroupExpr& e) { walk(e.block, visit); },
      [&](const BinderExpr& e) {
        in(*e.list);
        walk(e.body, visit);
      },
      [&](const ListExpr& e) {
        for (const ListExpr::Item& item : e.items) in(item.value);
      },
      [&](const ObjectExpr& e) {
        for (const ObjectExpr::Entry& entry : e.entries) {
          if (const auto* key = std::get_if<Box<Expr>>(&entry.key)) in(**key);
          in(entry.value);
        }
      },
      [](const auto&) {});
}

}  // namespace picket
