#include "engine/mutation/mutants.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "engine/mutation/asked_definitions.hpp"
#include "engine/mutation/clause_mistakes.hpp"
#include "engine/mutation/item_mistakes.hpp"
#include "grammar/ast/print.hpp"
#include "grammar/ast/walk.hpp"

namespace picket {
namespace {

Expr negated(Expr expr) {
  const SourceSpan span = expr.span;
  if (auto* compare = std::get_if<CompareExpr>(&expr.node)) {
    if (compare->clause.op == Op::ne) {
      compare->clause.op = Op::eq;
    } else {
      compare->clause.negated = !compare->clause.negated;
    }
    return expr;
  }
  if (auto* is = std::get_if<IsExpr>(&expr.node)) {
    is->clause.negated = !is->clause.negated;
    return expr;
  }
  return {NotExpr{std::move(expr)}, span};
}

// Walks a copy of the rule's texts, makes one mistake at a time in it, and takes it back.
class Mutator {
 public:
  explicit Mutator(const Rule& rule)
      : rule_(rule),
        condition_(rule.condition),
        definitions_(rule.definitions),
        asked_(asked_definitions(rule)),
        has_items_(holds_items(rule)) {}

  Mutants mutants(std::size_t most_nodes) {
    visit_all();  // counts them
    const std::size_t all = seen_;
    wanted_ = std::min(all, std::max<std::size_t>(most_nodes / nodes(), 1));
    all_ = all;
    seen_ = 0;
    visit_all();
    if (has_items_) mutants_ = join_readings(rule_, std::move(mutants_));
    return {.list = std::move(mutants_), .left_out = all - wanted_};
  }

 private:
  void visit_all() {
    visit_block(condition_, Connective::conjunction);
    for (std::size_t i = 0; i < definitions_.size(); ++i) {
      if (asked_[i] && definitions_[i].source == nullptr) visit_definition(definitions_[i]);
    }
  }

  [[nodiscard]] std::string text_of(const Expr& expr) const {
    return has_items_ ? text_as_written(expr, rule_.source) : print(expr);
  }

  [[nodiscard]] std::size_t nodes() const {
    std::size_t count = 1;
    const auto visit = [&count](const Expr&) { ++count; };
    walk(condition_, visit);
    for (const Definition& definition : definitions_) walk(definition, visit);
    return count;
  }

  // Of all mutants `wanted_` are kept, as far from one another as can be.
  [[nodiscard]] bool keeps_next() {
    const std::size_t number = seen_++;
    return wanted_ > 0 && (number + 1) * wanted_ / all_ > number * wanted_ / all_;
  }

  void emit(Mistake mistake, SourceSpan span, std::string replacement, std::optional<SourceSpan> focus = std::nullopt) {
    if (!keeps_next()) return;
    mutants_.push_back({.mistake = mistake,
                        .span = span,
                        .replacement = std::move(replacement),
                        .focus = focus.value_or(span),
                        .condition = condition_,
                        .definitions = definitions_});
  }

  // One mutant with `replacement` in place of `expr`.
  void replace(Mistake mistake, Expr& expr, Expr replacement, std::optional<SourceSpan> focus = std::nullopt) {
    const SourceSpan span = expr.span;
    std::string text = wanted_ > 0 ? text_of(replacement) : "";
    std::swap(expr, replacement);
    emit(mistake, span, std::move(text), focus);
    std::swap(expr, replacement);
  }

  // Of one line nothing is left: then the block is what it is without it, true or false.
  void drop_line(std::vector<Expr>& lines, std::size_t index, Connective connective) {
    const bool alone = std::ranges::count_if(lines, can_be_mistaken) == 1;
    if (alone) {
      replace(Mistake::dropped, lines[index], {BoolLiteral{connective == Connective::conjunction}, lines[index].span});
      return;
    }
    const auto at = lines.begin() + static_cast<std::ptrdiff_t>(index);
    Expr line = std::move(*at);
    lines.erase(at);
    emit(Mistake::dropped, line.span, "");
    lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(index), std::move(line));
  }

  void drop_operand(Expr& expr, std::size_t index) {
    const auto& logic = std::get<LogicExpr>(expr.node);
    const SourceSpan dropped = logic.operands[index].span;
    LogicExpr left = logic;
    left.operands.erase(left.operands.begin() + static_cast<std::ptrdiff_t>(index));
    Expr rest = left.operands.size() == 1 ? left.operands.front() : Expr{std::move(left), expr.span};
    replace(Mistake::dropped, expr, std::move(rest), dropped);
  }

  void drop_items(Expr& expr) {
    const std::size_t size = std::get<ListExpr>(expr.node).items.size();
    if (size < 2) return;
    for (std::size_t i = 0; i < size; ++i) {
      auto& items = std::get<ListExpr>(expr.node).items;
      const auto at = items.begin() + static_cast<std::ptrdiff_t>(i);
      ListExpr::Item item = std::move(*at);
      items.erase(at);
      emit(Mistake::value_dropped, item.value.span, "");
      items.insert(items.begin() + static_cast<std::ptrdiff_t>(i), std::move(item));
    }
  }

  // Lines joined by the other connective.
  void swap_lines(std::vector<Expr>& lines, Connective connective) {
    if (lines.size() < 2) return;
    if (std::ranges::any_of(lines,
                            [&](const Expr& line) { return rule_.inherits(line.span) || !can_be_mistaken(line); }))
      return;
    const Connective other = connective == Connective::conjunction ? Connective::disjunction : Connective::conjunction;
    const SourceSpan span = cover(lines.front().span, lines.back().span);
    Expr joined{LogicExpr{other, lines}, span};
    std::string text = text_of(joined);
    std::vector<Expr> one;
    one.push_back(std::move(joined));
    std::swap(lines, one);
    emit(Mistake::connective, span, std::move(text));
    std::swap(lines, one);
  }

  void visit_block(Block& block, Connective connective) {
    for (Definition& definition : block.definitions) visit_definition(definition);
    swap_lines(block.lines, connective);
    for (std::size_t i = 0; i < block.lines.size(); ++i) {
      if (!can_be_mistaken(block.lines[i])) continue;
      drop_line(block.lines, i, connective);
      visit(block.lines[i], true);
    }
  }

  void visit_definition(Definition& definition) { visit(*definition.body, false); }

  void visit_clause(Expr& whole, CompareClause& clause) {
    for (auto& [mistake, changed] : clause_mistakes(clause, rule_.definitions)) {
      std::swap(clause, changed);
      emit(mistake, whole.span, print(whole));
      std::swap(clause, changed);
    }
    visit(*clause.right, false);
  }

  // The pattern of a `when`: its clause, or the value that it stands for.
  void visit_pattern(Pattern& pattern, bool subject) {
    if (auto* clause = std::get_if<CompareClause>(&pattern)) {
      for (auto& [mistake, changed] : clause_mistakes(*clause, rule_.definitions)) {
        const Expr shown{CompareExpr{Expr{ElementExpr{}, {}}, changed}, {}};
        std::swap(*clause, changed);
        emit(mistake, cover(clause->op_span, changed.right->span), print(shown).substr(2));
        std::swap(*clause, changed);
      }
      visit(*clause->right, false);
    } else if (auto* value = std::get_if<Box<Expr>>(&pattern)) {
      visit(**value, !subject);
    }
  }

  void visit_when(WhenExpr& when, bool truth) {
    if (when.subject) visit(**when.subject, false);
    for (WhenExpr::Arm& arm : when.arms) {
      for (std::size_t i = 0; i < arm.patterns.size(); ++i) {
        if (arm.patterns.size() > 1) drop_pattern(arm, i);
        visit_pattern(arm.patterns[i], when.subject.has_value());
      }
      visit(*arm.value, truth);
    }
    if (when.otherwise) visit(**when.otherwise, truth);
  }

  void drop_pattern(WhenExpr::Arm& arm, std::size_t index) {
    const auto at = arm.patterns.begin() + static_cast<std::ptrdiff_t>(index);
    Pattern pattern = std::move(*at);
    arm.patterns.erase(at);
    const SourceSpan span = match(
        pattern, [](const CompareClause& clause) { return cover(clause.op_span, clause.right->span); },
        [](const IsClause& clause) { return clause.predicate_span; },
        [](const Box<Expr>& value) { return value->span; });
    emit(Mistake::value_dropped, span, "");
    arm.patterns.insert(arm.patterns.begin() + static_cast<std::ptrdiff_t>(index), std::move(pattern));
  }

  void visit_logic(Expr& expr) {
    auto& operands = std::get<LogicExpr>(expr.node).operands;
    if (!std::ranges::all_of(operands, can_be_mistaken)) {
      for (Expr& operand : operands) visit(operand, true);
      return;
    }
    LogicExpr swapped = std::get<LogicExpr>(expr.node);
    swapped.connective =
        swapped.connective == Connective::conjunction ? Connective::disjunction : Connective::conjunction;
    replace(Mistake::connective, expr, {std::move(swapped), expr.span});
    const std::size_t size = std::get<LogicExpr>(expr.node).operands.size();
    for (std::size_t i = 0; i < size; ++i) {
      drop_operand(expr, i);
      visit(std::get<LogicExpr>(expr.node).operands[i], true);
    }
  }

  void visit_group(Expr& expr) {
    const GroupKind kind = std::get<GroupExpr>(expr.node).kind;
    GroupExpr swapped = std::get<GroupExpr>(expr.node);
    if (swapped.block.lines.size() > 1) {
      swapped.kind = kind == GroupKind::all ? GroupKind::any : GroupKind::all;
      Expr changed{std::move(swapped), expr.span};
      if (kind == GroupKind::none) changed = {NotExpr{std::move(changed)}, expr.span};
      replace(Mistake::connective, expr, std::move(changed));
    }
    Block& block = std::get<GroupExpr>(expr.node).block;
    for (Definition& definition : block.definitions) visit_definition(definition);
    for (std::size_t i = 0; i < block.lines.size(); ++i) {
      drop_line(block.lines, i, kind == GroupKind::all ? Connective::conjunction : Connective::disjunction);
      visit(block.lines[i], true);
    }
  }

  void visit_binder(Expr& expr) {
    auto& binder = std::get<BinderExpr>(expr.node);
    if (binder.kind == BinderKind::any || binder.kind == BinderKind::all) {
      const BinderKind kind = binder.kind;
      binder.kind = kind == BinderKind::any ? BinderKind::all : BinderKind::any;
      emit(Mistake::connective, expr.span, print(expr));
      binder.kind = kind;
    }
    visit(*binder.list, false);
    if (binder.kind == BinderKind::map) {
      for (Expr& line : binder.body.lines) visit(line, false);
    } else {
      visit_block(binder.body, Connective::conjunction);
    }
  }

  // `not bad`, where bad is `a or b`, as `not a or b`.
  void inline_wrongly(Expr& expr) {
    const auto* name = std::get_if<NameExpr>(&std::get<NotExpr>(expr.node).operand->node);
    if (name == nullptr) return;
    for (const Definition& definition : rule_.definitions) {
      const auto* logic = std::get_if<LogicExpr>(&definition.body->node);
      if (definition.name != name->name || definition.has_parameters || logic == nullptr) continue;
      if (definition.body->item != nullptr) continue;
      LogicExpr loose = *logic;
      loose.operands.front() = negated(std::move(loose.operands.front()));
      replace(Mistake::definition, expr, {std::move(loose), expr.span});
    }
  }

  void swap_arguments(Expr& expr) {
    const auto& call = std::get<CallExpr>(expr.node);
    const bool own = std::any_of(rule_.definitions.begin(), rule_.definitions.end(),
                                 [&](const Definition& definition) { return definition.name == call.name; });
    if (!own || call.arguments.size() < 2 || call.arguments[0] == call.arguments[1]) return;
    CallExpr swapped = call;
    std::swap(swapped.arguments[0], swapped.arguments[1]);
    replace(Mistake::definition, expr, {std::move(swapped), expr.span});
  }

  // Mistakes that its author could make: not those in what it is made of, but for what its author wrote within.
  void visit_item(Expr& expr) {
    if (!can_be_mistaken(expr)) return;
    const std::shared_ptr<const WrittenItem> item = expr.item;
    const std::vector<WrittenItem::Slip> slips = item->slips ? item->slips(expr) : std::vector<WrittenItem::Slip>();
    if (std::ranges::find(slips, WrittenItem::Slip::Kind::negated, &WrittenItem::Slip::kind) == slips.end()) {
      replace(Mistake::negated, expr, {NotExpr{expr}, expr.span});
    }
    for (const WrittenItem::Slip& slip : slips) {
      Expr mistaken = slip.meaning;
      std::swap(expr, mistaken);
      emit(mistake_of(slip.kind), slip.span, slip.replacement, mistaken.span);
      std::swap(expr, mistaken);
    }
    for (const Expr& value : item->values) {
      auto left = without_value(expr, value.span);
      if (!left) continue;
      std::swap(expr, *left);
      emit(Mistake::value_dropped, value.span, "");
      std::swap(expr, *left);
    }
    visit_within(expr);
  }

  // The items and groups of items that stand within an item.
  void visit_within(Expr& expr) {
    match(
        expr.node,
        [&](LogicExpr& e) {
          if (std::ranges::all_of(e.operands, is_written)) return visit_logic(expr);
          for (Expr& operand : e.operands) visit_within(operand);
        },
        [&](NotExpr& e) { is_written(*e.operand) ? visit(*e.operand, true) : visit_within(*e.operand); },
        [&](CompareExpr& e) { visit_within(*e.left); },
        [&](BinderExpr& e) {
          visit_within(*e.list);
          if (std::ranges::all_of(e.body.lines, is_written)) return visit_block(e.body, Connective::conjunction);
          for (Expr& line : e.body.lines) visit_within(line);
        },
        [&](ListExpr& e) {
          if (!std::ranges::all_of(e.items, is_written, &ListExpr::Item::value)) return;
          drop_items(expr);
          for (ListExpr::Item& one : std::get<ListExpr>(expr.node).items) visit(one.value, true);
        },
        [](auto&) {});
  }

  // `truth`: the expression stands where only its truth matters.
  void visit(Expr& expr, bool truth) {
    if (expr.item != nullptr) return visit_item(expr);
    if (std::holds_alternative<LogicExpr>(expr.node)) return visit_logic(expr);
    if (std::holds_alternative<GroupExpr>(expr.node)) return visit_group(expr);
    if (std::holds_alternative<NotExpr>(expr.node)) {
      inline_wrongly(expr);
      return visit(*std::get<NotExpr>(expr.node).operand, true);
    }
    const bool compares = std::holds_alternative<CompareExpr>(expr.node) || std::holds_alternative<IsExpr>(expr.node);
    const bool choice = std::holds_alternative<IfExpr>(expr.node) || std::holds_alternative<WhenExpr>(expr.node) ||
                        std::holds_alternative<LetExpr>(expr.node) || std::holds_alternative<BoolLiteral>(expr.node);
    if (compares || (truth && !choice)) replace(Mistake::negated, expr, negated(expr));
    if (std::holds_alternative<BinderExpr>(expr.node)) return visit_binder(expr);
    if (auto* compare = std::get_if<CompareExpr>(&expr.node)) {
      visit_clause(expr, compare->clause);
      return visit(*compare->left, false);
    }
    visit_parts(expr, truth);
  }

  void visit_parts(Expr& expr, bool truth) {
    match(
        expr.node, [&](IsExpr& e) { visit(*e.left, false); },
        [&](IfExpr& e) {
          visit(*e.condition, true);
          visit(*e.then, truth);
          visit(*e.otherwise, truth);
        },
        [&](WhenExpr& e) { visit_when(e, truth); },
        [&](LetExpr& e) {
          for (Definition& definition : e.definitions) visit_definition(definition);
          visit(*e.body, truth);
        },
        [&](CallExpr&) {
          swap_arguments(expr);
          for (Expr& argument : std::get<CallExpr>(expr.node).arguments) visit(argument, false);
        },
        [&](ListExpr&) {
          drop_items(expr);
          for (ListExpr::Item& item : std::get<ListExpr>(expr.node).items) visit(item.value, false);
        },
        [&](FallbackExpr& e) {
          visit(*e.left, false);
          visit(*e.right, false);
        },
        [&](ArithmeticExpr& e) {
          visit(*e.left, false);
          visit(*e.right, false);
        },
        [&](MemberExpr& e) { visit(*e.base, false); }, [&](IndexExpr& e) { visit(*e.base, false); },
        [&](EachExpr& e) { visit(*e.base, false); }, [](auto&) {});
  }

  const Rule& rule_;
  Block condition_;
  std::vector<Definition> definitions_;
  std::vector<bool> asked_;
  bool has_items_;
  std::vector<Mutant> mutants_;
  std::size_t seen_ = 0;    // mutants so far
  std::size_t wanted_ = 0;  // none while they are counted
  std::size_t all_ = 0;
};

}  // namespace

Mutants mutants_of(const Rule& rule, std::size_t most_nodes) { return Mutator(rule).mutants(most_nodes); }

}  // namespace picket
