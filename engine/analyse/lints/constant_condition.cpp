// constant-condition: a condition that no event can change: two literals compared, a bool standing alone, two lines
// that ask one field to be two things, a comparison beside its opposite.
#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/analyse/lints/lint.hpp"
#include "engine/pattern/pattern.hpp"
#include "grammar/ast/print.hpp"
#include "grammar/ast/walk.hpp"

namespace picket {

namespace {

// The texts of a literal, or of a list of literals; nothing if something else is among them.
std::optional<std::vector<std::string>> texts_of(const Expr& expr) {
  if (const auto* text = std::get_if<StringLiteral>(&expr.node)) return std::vector{text->value};
  const auto* list = std::get_if<ListExpr>(&expr.node);
  if (list == nullptr) return std::nullopt;
  std::vector<std::string> texts;
  for (const auto& item : list->items) {
    const auto* text = std::get_if<StringLiteral>(&item.value.node);
    if (text == nullptr || item.spread) return std::nullopt;
    texts.push_back(text->value);
  }
  return texts;
}

// What is in an empty list; a text in lower case that is compared with one that is not.
void impossible_texts(const CompareExpr& compare, SourceSpan span, const LintInput& input, Diagnostics& diagnostics) {
  const CompareClause& clause = compare.clause;
  const auto texts = texts_of(*clause.right);
  if (!texts) return;
  const bool negated = clause.negated != (clause.op == Op::ne);
  const std::string outcome = negated ? "so this is always true" : "so this is never true";
  if (texts->empty() && clause.op == Op::in) {
    diagnostics.add(Code::constant_condition, input.source, span, "nothing is in an empty list, " + outcome);
    return;
  }
  const auto* call = std::get_if<CallExpr>(&compare.left->node);
  if (call == nullptr || clause.folded || (call->name != "lower" && call->name != "upper")) return;
  if (clause.op != Op::eq && clause.op != Op::ne && clause.op != Op::in) return;
  const bool lower = call->name == "lower";
  const auto changes = [lower](const std::string& text) { return (lower ? to_lower(text) : to_upper(text)) != text; };
  if (texts->empty() || !std::ranges::all_of(*texts, changes)) return;
  diagnostics
      .add(Code::constant_condition, input.source, span,
           "what `" + call->name + "` gives has no " + (lower ? "upper" : "lower") + " case, " + outcome)
      .help = "write the text in " + call->name + " case, or compare the field itself, ignoring case: `eq~`";
}

void literal_comparisons(const Expr& expr, const LintInput& input, Diagnostics& diagnostics) {
  const auto say = [&](SourceSpan span) {
    diagnostics.add(Code::constant_condition, input.source, span, "this does not depend on the event");
  };
  if (const auto* compare = std::get_if<CompareExpr>(&expr.node)) {
    if (is_literal(*compare->left) && is_literal(*compare->clause.right)) say(expr.span);
    impossible_texts(*compare, expr.span, input, diagnostics);
  } else if (const auto* is = std::get_if<IsExpr>(&expr.node)) {
    if (is_literal(*is->left) && is_kind_from_spelling(is->clause.predicate)) say(expr.span);
  } else if (const auto* logic = std::get_if<LogicExpr>(&expr.node)) {
    for (const Expr& operand : logic->operands) {
      if (is_literal(operand)) say(operand.span);
    }
  }
}

struct Equality {
  std::string path;
  const Expr* value = nullptr;
  SourceSpan span;
};

std::optional<Equality> equality_of(const Expr& expr) {
  const auto* compare = std::get_if<CompareExpr>(&expr.node);
  if (compare == nullptr || compare->clause.op != Op::eq || compare->clause.negated || compare->clause.folded)
    return std::nullopt;
  if (is_literal(*compare->left) || !is_literal(*compare->clause.right)) return std::nullopt;
  return Equality{.path = print(*compare->left), .value = &*compare->clause.right, .span = expr.span};
}

// Two equalities of one path with different literals among conditions that must all hold.
void contradictions(const std::vector<const Expr*>& conditions, const LintInput& input, Diagnostics& diagnostics) {
  std::map<std::string, Equality> first;
  for (const Expr* condition : conditions) {
    auto equality = equality_of(*condition);
    if (!equality) continue;
    const auto [known, added] = first.emplace(equality->path, *equality);
    if (added || *known->second.value == *equality->value) continue;
    Diagnostic& diagnostic =
        diagnostics.add(Code::constant_condition, input.source, equality->span,
                        "`" + equality->path + "` cannot be two things at once, so this is never true");
    diagnostic.help = "lines must all hold; for either of them write `in [" + print(*known->second.value) + ", " +
                      print(*equality->value) + "]`";
    diagnostic.related.push_back(
        {.source = input.source, .span = known->second.span, .message = "compared with another value here"});
  }
}

// The text of a condition without what negates it, and whether something does. There are two truth values only, so that
// this is the whole of its meaning.
std::pair<std::string, bool> without_negation(const Expr& expr) {
  if (const auto* negation = std::get_if<NotExpr>(&expr.node)) {
    auto inner = without_negation(*negation->operand);
    inner.second = !inner.second;
    return inner;
  }
  Expr positive = expr;
  bool negated = false;
  if (auto* compare = std::get_if<CompareExpr>(&positive.node)) {
    negated = compare->clause.negated != (compare->clause.op == Op::ne);
    compare->clause.negated = false;
    if (compare->clause.op == Op::ne) compare->clause.op = Op::eq;
  } else if (auto* is = std::get_if<IsExpr>(&positive.node)) {
    negated = std::exchange(is->clause.negated, false);
  }
  return {print(positive), negated};
}

// A condition and its opposite among those that are joined.
void opposites(const std::vector<const Expr*>& conditions, Connective connective, const LintInput& input,
               Diagnostics& diagnostics) {
  std::map<std::string, std::pair<bool, SourceSpan>> first;
  for (const Expr* condition : conditions) {
    const auto [text, negated] = without_negation(*condition);
    const auto [known, added] = first.try_emplace(text, negated, condition->span);
    if (added || known->second.first == negated) continue;
    const bool all = connective == Connective::conjunction;
    Diagnostic& diagnostic =
        diagnostics.add(Code::constant_condition, input.source, condition->span,
                        all ? "this is the opposite of another that must hold, so the two never hold together"
                            : "this is the opposite of another, so one of the two always holds");
    diagnostic.related.push_back(
        {.source = input.source, .span = known->second.second, .message = "the other is here"});
  }
}

std::vector<const Expr*> pointers_to(const std::vector<Expr>& list) {
  std::vector<const Expr*> pointers;
  for (const Expr& expr : list) pointers.push_back(&expr);
  return pointers;
}

void joined_opposites(const Expr& expr, const LintInput& input, Diagnostics& diagnostics) {
  if (const auto* logic = std::get_if<LogicExpr>(&expr.node)) {
    opposites(pointers_to(logic->operands), logic->connective, input, diagnostics);
  } else if (const auto* group = std::get_if<GroupExpr>(&expr.node)) {
    opposites(pointers_to(group->block.lines),
              group->kind == GroupKind::all ? Connective::conjunction : Connective::disjunction, input, diagnostics);
  }
}

}  // namespace

void lint_constant_condition(const LintInput& input, Diagnostics& diagnostics) {
  for (const Expr* text : input.texts) {
    walk(*text, [&](const Expr& expr) {
      literal_comparisons(expr, input, diagnostics);
      joined_opposites(expr, input, diagnostics);
    });
  }
  if (input.rule == nullptr) return;
  std::vector<const Expr*> conditions;
  for (const Expr& line : input.rule->condition.lines) {
    if (is_literal(line)) {
      diagnostics.add(Code::constant_condition, input.source, line.span, "this does not depend on the event");
    }
    const auto* logic = std::get_if<LogicExpr>(&line.node);
    if (logic != nullptr && logic->connective == Connective::conjunction) {
      for (const Expr& operand : logic->operands) conditions.push_back(&operand);
    } else {
      conditions.push_back(&line);
    }
  }
  contradictions(conditions, input, diagnostics);
  opposites(pointers_to(input.rule->condition.lines), Connective::conjunction, input, diagnostics);
}

}  // namespace picket
