#include "engine/mutation/item_mistakes.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "engine/analyse/checked.hpp"
#include "grammar/ast/print.hpp"
#include "grammar/ast/walk.hpp"

namespace picket {
namespace {

bool is_silent(const Expr& expr) { return expr.item != nullptr && expr.item->role == WrittenItem::Role::silent; }

// What is otherwise in `from` than in the original, of each reading.
void take_changes(const Expr& original, const Expr& from, Expr& to) {
  const auto* choice = std::get_if<IfExpr>(&original.node);
  if (choice == nullptr || !is_silent(*choice->condition)) {
    if (!(from == original)) to = from;
    return;
  }
  const auto& changed = std::get<IfExpr>(from.node);
  auto& taken = std::get<IfExpr>(to.node);
  take_changes(*choice->then, *changed.then, *taken.then);
  take_changes(*choice->otherwise, *changed.otherwise, *taken.otherwise);
}

}  // namespace

bool holds_items(const Rule& rule) {
  bool found = false;
  const auto visit = [&found](const Expr& expr) { found = found || expr.item != nullptr; };
  walk(rule.condition, visit);
  for (const Definition& definition : rule.definitions) walk(definition, visit);
  return found;
}

Mistake mistake_of(WrittenItem::Slip::Kind kind) {
  switch (kind) {
    case WrittenItem::Slip::Kind::negated:
      return Mistake::negated;
    case WrittenItem::Slip::Kind::comparison:
      return Mistake::comparison;
    case WrittenItem::Slip::Kind::case_folding:
      return Mistake::case_folding;
    case WrittenItem::Slip::Kind::boundary:
      return Mistake::boundary;
    case WrittenItem::Slip::Kind::number:
      return Mistake::number;
  }
  return {};
}

bool can_be_mistaken(const Expr& expr) { return expr.item == nullptr || expr.item->role == WrittenItem::Role::part; }

bool is_written(const Expr& expr) {
  return expr.item != nullptr || std::holds_alternative<GroupExpr>(expr.node) ||
         std::holds_alternative<BoolLiteral>(expr.node);
}

std::optional<Expr> without_value(const Expr& item, SourceSpan value) {
  if (item.span == value) return std::nullopt;
  Expr left = item;
  // Of what must all hold it may be one; else what it stands in says nothing without it.
  const auto take_out = [value](std::vector<Expr>& parts, bool any) {
    std::vector<Expr> kept;
    bool whole = true;
    for (const Expr& part : parts) {
      auto rest = without_value(part, value);
      if (!rest && !(part.span == value)) whole = false;
      if (rest) kept.push_back(*std::move(rest));
    }
    parts = std::move(kept);
    return !parts.empty() && (any || whole);
  };
  const bool remains = match(
      left.node, [&](LogicExpr& e) { return take_out(e.operands, e.connective == Connective::disjunction); },
      [&](BinderExpr& e) { return take_out(e.body.lines, false); },
      [&](NotExpr& e) {
        auto rest = without_value(*e.operand, value);
        if (!rest) return false;
        e.operand = *std::move(rest);
        return true;
      },
      [&](CompareExpr& e) {
        if (e.clause.right->span == value) return false;
        auto* list = std::get_if<ListExpr>(&e.clause.right->node);
        if (list == nullptr) return true;
        std::erase_if(list->items, [&](const ListExpr::Item& one) { return one.value.span == value; });
        return !list->items.empty();
      },
      [](auto&) { return true; });
  if (!remains) return std::nullopt;
  return left;
}

std::string text_as_written(const Expr& expr, const SourcePtr& source) {
  const auto joined = [&source](const std::vector<Expr>& parts, std::string_view by) {
    std::string text;
    for (const Expr& part : parts) {
      const bool nested = part.item == nullptr && (std::holds_alternative<LogicExpr>(part.node) ||
                                                   std::holds_alternative<GroupExpr>(part.node));
      text += (text.empty() ? "" : std::string(by)) +
              (nested ? "(" + text_as_written(part, source) + ")" : text_as_written(part, source));
    }
    return text;
  };
  if (expr.item != nullptr) return written_at({.source = source, .span = expr.span});
  return match(
      expr.node, [&](const NameExpr&) { return written_at({.source = source, .span = expr.span}); },
      [&](const NotExpr& e) { return "not " + joined({*e.operand}, ""); },
      [&](const LogicExpr& e) {
        return joined(e.operands, e.connective == Connective::conjunction ? " and " : " or ");
      },
      [&](const GroupExpr& e) {
        const std::string text = joined(e.block.lines, e.kind == GroupKind::all ? " and " : " or ");
        return e.kind == GroupKind::none ? "not (" + text + ")" : text;
      },
      [&](const auto&) { return print(expr); });
}

std::vector<Mutant> join_readings(const Rule& rule, std::vector<Mutant> mutants) {
  std::vector<Mutant> joined;
  std::map<std::tuple<Mistake, std::uint32_t, std::uint32_t, std::string>, std::size_t> known;
  for (Mutant& mutant : mutants) {
    const auto [first, added] = known.emplace(
        std::tuple(mutant.mistake, mutant.span.begin, mutant.span.end, mutant.replacement), joined.size());
    if (added) {
      joined.push_back(std::move(mutant));
      continue;
    }
    Mutant& to = joined[first->second];
    for (std::size_t i = 0; i < rule.definitions.size(); ++i) {
      if (!(mutant.definitions[i] == rule.definitions[i])) to.definitions[i] = std::move(mutant.definitions[i]);
    }
    take_changes(rule.condition.lines.back(), mutant.condition.lines.back(), to.condition.lines.back());
  }
  return joined;
}

}  // namespace picket
