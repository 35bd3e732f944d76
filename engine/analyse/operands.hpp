// The terms within a term, one level down: what a pass over terms that is no evaluation visits.
#pragma once

#include <variant>

#include "engine/analyse/checked.hpp"

namespace picket {

namespace operands {

// An overload for each node that holds terms. A local definition's body is one of them; a shared definition's is not,
// for it is not part of the term.
template <typename Visit>
void each(const TemplateTerm& term, const Visit& visit) {
  for (const auto& part : term.parts) {
    if (const auto* hole = std::get_if<TemplateTerm::Hole>(&part)) visit(*hole->value);
  }
}
template <typename Visit>
void each(const LocalTerm& term, const Visit& visit) {
  visit(*term.body);
}
template <typename Visit>
void each(const UnfoldedTerm& term, const Visit& visit) {
  for (const auto& [slot, argument] : term.arguments) visit(*argument);
  visit(*term.body);
}
template <typename Visit>
void each(const ScopeTerm& term, const Visit& visit) {
  visit(*term.body);
}
template <typename Visit>
void each(const SliceTerm& term, const Visit& visit) {
  visit(*term.base);
  if (term.from) visit(**term.from);
  if (term.to) visit(**term.to);
}
template <typename Visit>
void each(const CallTerm& term, const Visit& visit) {
  for (const Term& argument : term.arguments) visit(argument);
}
template <typename Visit>
void each(const LogicTerm& term, const Visit& visit) {
  for (const Term& operand : term.operands) visit(operand);
}
template <typename Visit>
void each(const IfTerm& term, const Visit& visit) {
  visit(*term.condition);
  visit(*term.then);
  visit(*term.otherwise);
}
template <typename Visit>
void each(const BinderTerm& term, const Visit& visit) {
  visit(*term.list);
  visit(*term.body);
}
template <typename Visit>
void each(const ListTerm& term, const Visit& visit) {
  for (const ListTerm::Item& item : term.items) visit(item.value);
}
template <typename Visit>
void each(const ObjectTerm& term, const Visit& visit) {
  for (const ObjectTerm::Entry& entry : term.entries) {
    if (entry.key) visit(*entry.key);
    visit(entry.value);
  }
}

}  // namespace operands

// Calls visit(term) for each of them, in the order of evaluation.
template <typename Visit>
void each_operand(const Term& term, const Visit& visit) {
  std::visit(
      [&visit](const auto& node) {
        if constexpr (requires { operands::each(node, visit); }) {
          operands::each(node, visit);
        } else if constexpr (requires {
                               node.base;
                               node.index;
                             }) {
          visit(*node.base);
          visit(*node.index);
        } else if constexpr (requires { node.base; }) {
          visit(*node.base);
        } else if constexpr (requires { node.operand; }) {
          visit(*node.operand);
        } else if constexpr (requires {
                               node.left;
                               node.right;
                             }) {
          visit(*node.left);
          visit(*node.right);
        }
      },
      term.node);
}

}  // namespace picket
