// Blocks, groups, binders and choice. See lowering.hpp.
#include <algorithm>
#include <utility>

#include "engine/analyse/lowering.hpp"

namespace picket {

std::vector<Slot> Lowering::declare(const std::vector<Definition>& definitions, Scope& scope) {
  std::vector<Slot> slots;
  for (const Definition& definition : definitions) {
    const auto same = scope.names.find(definition.name);
    if (same != scope.names.end() && same->second.local) {
      Diagnostic& diagnostic =
          error(Code::duplicate_definition, definition.name_span, "`" + definition.name + "` is defined twice");
      diagnostic.related.push_back({.source = home_->source,
                                    .span = same->second.local->definition->name_span,
                                    .message = "first defined here"});
      continue;
    }
    auto local = std::make_shared<LocalDefinition>();
    local->definition = &definition;
    local->scope = &scope;
    if (!definition.has_parameters) {
      local->slot = next_slot_++;
      slots.push_back(local->slot);
    }
    scope.names[definition.name] = Binding{.term = std::nullopt, .local = std::move(local)};
  }
  return slots;
}

void Lowering::finish_locals(Scope& scope, const std::vector<Definition>& definitions, bool is_condition) {
  for (const Definition& definition : definitions) {
    const auto found = scope.names.find(definition.name);
    if (found == scope.names.end() || !found->second.local || found->second.local->definition != &definition) continue;
    LocalDefinition& local = *found->second.local;
    if (local.used) continue;
    if (is_condition && !definition.has_parameters) {
      // `field = "x"` is what people write who mean `eq`.
      Diagnostic& diagnostic = error(Code::single_equals, definition.equals_span,
                                     "`=` defines `" + definition.name + "`, and nothing uses it");
      diagnostic.help = "to compare write `eq`";
      diagnostic.fixes.push_back({.title = "write `eq`", .span = definition.equals_span, .replacement = "eq"});
      continue;
    }
    if (options_.lints) {
      diagnostics_.add(Code::unused_definition, home_->source, definition.name_span,
                       "nothing uses `" + definition.name + "`");
    }
    if (definition.has_parameters) {
      std::vector<Argument> arguments;
      for (std::size_t i = 0; i < definition.parameters.size(); ++i) {
        arguments.push_back({.expr = nullptr, .term = Term{SlotTerm{next_slot_++}}});
      }
      const bool was_generic = std::exchange(generic_, true);
      static_cast<void>(unfold(local, std::move(arguments), definition.name_span, scope));
      generic_ = was_generic;
    } else {
      static_cast<void>(lower(*definition.body, scope));
    }
  }
}

Term Lowering::lower_lines(const std::vector<Expr>& lines, const Scope& scope, Connective connective) {
  if (lines.size() == 1) return truth(lines.front(), scope);
  return lower_operands(lines, scope, connective);
}

namespace {

// Whether parts_of() tells of it as such.
bool is_comparison(const Term& term) {
  if (term.item != nullptr) return term.item->site != nullptr;
  if (const auto* negated = std::get_if<NotTerm>(&term.node)) return is_comparison(*negated->operand);
  return std::holds_alternative<CompareTerm>(term.node) || std::holds_alternative<IsTerm>(term.node) ||
         std::holds_alternative<TruthTerm>(term.node);
}

}  // namespace

Term Lowering::lower_operands(const std::vector<Expr>& operands, const Scope& scope, Connective connective) {
  LogicTerm term{.connective = connective, .operands = {}, .branches = {}};
  for (const Expr& operand : operands) {
    term.operands.push_back(truth(operand, scope));
    if (connective == Connective::conjunction) continue;
    term.branches.push_back(is_comparison(term.operands.back()) ? nullptr : site(operand.span));
  }
  return {std::move(term)};
}

// The value of a block: its one line's, or the truth of all of them.
Term Lowering::lower_block(const Block& block, const Scope& scope, bool as_truth, bool is_condition) {
  Scope inner{.outer = &scope, .home = scope.home, .names = {}, .element = std::nullopt};
  std::vector<Slot> locals = declare(block.definitions, inner);
  Term body = block.lines.empty()                    ? Term{ConstantTerm{Value(true)}}
              : block.lines.size() == 1 && !as_truth ? lower(block.lines.front(), inner)
                                                     : lower_lines(block.lines, inner, Connective::conjunction);
  finish_locals(inner, block.definitions, is_condition);
  if (locals.empty()) return body;
  return {ScopeTerm{.locals = std::move(locals), .body = std::move(body)}};
}

Term Lowering::lower_let(const LetExpr& node, const Scope& scope) {
  Scope inner{.outer = &scope, .home = scope.home, .names = {}, .element = std::nullopt};
  std::vector<Slot> locals = declare(node.definitions, inner);
  Term body = lower(*node.body, inner);
  finish_locals(inner, node.definitions, false);
  return {ScopeTerm{.locals = std::move(locals), .body = std::move(body)}};
}

Term Lowering::lower_group(const GroupExpr& node, const Scope& scope) {
  Scope inner{.outer = &scope, .home = scope.home, .names = {}, .element = std::nullopt};
  std::vector<Slot> locals = declare(node.block.definitions, inner);
  const bool is_all = node.kind == GroupKind::all;
  Term body = node.block.lines.empty()
                  ? Term{ConstantTerm{Value(is_all)}}
                  : lower_lines(node.block.lines, inner, is_all ? Connective::conjunction : Connective::disjunction);
  finish_locals(inner, node.block.definitions, true);
  if (node.kind == GroupKind::none) body = Term{NotTerm{std::move(body)}};
  if (locals.empty()) return body;
  return {ScopeTerm{.locals = std::move(locals), .body = std::move(body)}};
}

Term Lowering::lower_binder(const BinderExpr& node, const Scope& scope) {
  BinderTerm term{.kind = node.kind,
                  .key = std::nullopt,
                  .element = 0,
                  .list = lower(*node.list, scope),
                  .body = Term{},
                  .site = site(node.body.span)};
  Scope inner{.outer = &scope, .home = scope.home, .names = {}, .element = std::nullopt};
  if (node.variables.size() == 2) {
    term.key = next_slot_++;
    inner.names[node.variables.front()] = Binding{.term = Term{SlotTerm{*term.key}}, .local = nullptr};
    if (node.variables.front() == node.variables.back()) {
      error(Code::duplicate_definition, node.variable_spans.back(), "`" + node.variables.back() + "` is named twice");
    }
  }
  term.element = next_slot_++;
  if (node.variables.empty()) {
    inner.element = term.element;
  } else {
    inner.names[node.variables.back()] = Binding{.term = Term{SlotTerm{term.element}}, .local = nullptr};
  }
  term.body = lower_block(node.body, inner, node.kind != BinderKind::map, node.kind != BinderKind::map);
  return {std::move(term)};
}

// A `when` becomes a chain of ifs; its subject is evaluated once.
Term Lowering::lower_when(const WhenExpr& node, const Scope& scope) {
  std::optional<Term> subject;
  std::optional<Slot> slot;
  Term bound{ConstantTerm{}};
  if (node.subject) {
    subject = lower(**node.subject, scope);
    const bool repeats = std::holds_alternative<ConstantTerm>(subject->node) ||
                         std::holds_alternative<FieldTerm>(subject->node) ||
                         std::holds_alternative<SlotTerm>(subject->node);
    if (!repeats) {
      slot = next_slot_++;
      slot_kinds_[*slot] = kinds_of_term(*subject);
      bound = std::exchange(*subject, Term{SlotTerm{*slot}});
    }
  }
  // The chain nests as deep as there are arms.
  if (depth_ + node.arms.size() > most_levels) {
    error(Code::condition_too_large, node.arms.back().value->span,
          "a `when` has more than " + std::to_string(most_levels) + " arms");
    return {ConstantTerm{}};
  }
  deepest_ = std::max(deepest_, depth_ + node.arms.size());
  Term result = node.otherwise ? lower(**node.otherwise, scope) : Term{ConstantTerm{}};
  // The arms as written, so that faults are reported in the order of the text; the chain from the last.
  std::vector<IfTerm> arms;
  for (const WhenExpr::Arm& arm : node.arms) {
    Term condition = lower_patterns(arm, subject ? &*subject : nullptr, scope);
    arms.push_back({.condition = std::move(condition),
                    .then = lower(*arm.value, scope),
                    .otherwise = Term{},
                    .then_site = site(arm.value->span),
                    .otherwise_site = nullptr});
  }
  if (node.otherwise && !arms.empty()) arms.back().otherwise_site = site((*node.otherwise)->span);
  for (; !arms.empty(); arms.pop_back()) {
    arms.back().otherwise = std::move(result);
    result = Term{std::move(arms.back())};
  }
  if (!slot) return result;
  UnfoldedTerm unfolded{.definition = std::nullopt, .arguments = {}, .body = std::move(result)};
  unfolded.arguments.emplace_back(*slot, std::move(bound));
  return {std::move(unfolded)};
}

Term Lowering::lower_patterns(const WhenExpr::Arm& arm, const Term* subject, const Scope& scope) {
  LogicTerm any{.connective = Connective::disjunction, .operands = {}, .branches = {}};
  for (const Pattern& pattern : arm.patterns) {
    any.operands.push_back(match(
        pattern,
        [&](const CompareClause& clause) {
          return compare(*subject, nullptr, clause, cover(clause.op_span, clause.right->span), scope);
        },
        [&](const IsClause& clause) { return is(*subject, clause, clause.predicate_span, scope); },
        [&](const Box<Expr>& value) {
          if (subject == nullptr) return truth(*value, scope);
          const CompareClause equal{
              .op = Op::eq, .negated = false, .folded = false, .all = false, .op_span = value->span, .right = *value};
          return compare(*subject, nullptr, equal, value->span, scope);
        }));
  }
  if (any.operands.size() == 1) return std::move(any.operands.front());
  any.branches.resize(any.operands.size());
  return {std::move(any)};
}

}  // namespace picket
