// The terms directly within a term.
#pragma once

#include "engine/analyse/checked.hpp"

namespace picket {

// Calls visit(const Term&) for each, in the order of evaluation: a condition before what it chooses, a list before the
// body that its elements are bound in. The body of a shared definition stands in the pack, not within.
template <typename Visit>
// NOLINTNEXTLINE(readability-function-size,readability-function-cognitive-complexity): a list of the kinds of terms
void for_each_child(const Term& term, const Visit& visit) {
  match(
      term.node,
      [&](const TemplateTerm& t) {
        for (const auto& part : t.parts) {
          if (const auto* hole = std::get_if<TemplateTerm::Hole>(&part)) visit(*hole->value);
        }
      },
      [&](const LocalTerm& t) { visit(*t.body); },
      [&](const UnfoldedTerm& t) {
        for (const auto& [slot, argument] : t.arguments) visit(*argument);
        visit(*t.body);
      },
      [&](const ScopeTerm& t) { visit(*t.body); }, [&](const MemberTerm& t) { visit(*t.base); },
      [&](const IndexTerm& t) {
        visit(*t.base);
        visit(*t.index);
      },
      [&](const SliceTerm& t) {
        visit(*t.base);
        if (t.from) visit(**t.from);
        if (t.to) visit(**t.to);
      },
      [&](const EachTerm& t) { visit(*t.base); }, [&](const EachMemberTerm& t) { visit(*t.base); },
      [&](const EachIndexTerm& t) {
        visit(*t.base);
        visit(*t.index);
      },
      [&](const CallTerm& t) {
        for (const Term& argument : t.arguments) visit(argument);
      },
      [&](const HasTerm& t) { visit(*t.base); }, [&](const NegateTerm& t) { visit(*t.operand); },
      [&](const ArithmeticTerm& t) {
        visit(*t.left);
        visit(*t.right);
      },
      [&](const FallbackTerm& t) {
        visit(*t.left);
        visit(*t.right);
      },
      [&](const CompareTerm& t) {
        visit(*t.left);
        visit(*t.right);
      },
      [&](const IsTerm& t) { visit(*t.operand); }, [&](const TruthTerm& t) { visit(*t.operand); },
      [&](const NotTerm& t) { visit(*t.operand); },
      [&](const LogicTerm& t) {
        for (const Term& operand : t.operands) visit(operand);
      },
      [&](const IfTerm& t) {
        visit(*t.condition);
        visit(*t.then);
        visit(*t.otherwise);
      },
      [&](const BinderTerm& t) {
        visit(*t.list);
        visit(*t.body);
      },
      [&](const ListTerm& t) {
        for (const ListTerm::Item& item : t.items) visit(item.value);
      },
      [&](const ObjectTerm& t) {
        for (const ObjectTerm::Entry& entry : t.entries) {
          if (entry.key) visit(*entry.key);
          visit(entry.value);
        }
      },
      [](const auto&) {});  // ConstantTerm, EventTerm, NowTerm, FieldTerm, UdmTerm, SlotTerm, SharedTerm
}

}  // namespace picket
