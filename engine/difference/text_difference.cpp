#include "engine/difference/text_difference.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "engine/difference/normal_form.hpp"
#include "grammar/ast/print.hpp"

namespace picket {
namespace {

using difference::normal_form;
using difference::operands_of;

struct Operand {
  const Expr* expr = nullptr;
  std::string key;   // its normal form
  std::string left;  // of a comparison: the normal form of what is compared; else empty
};

const Expr* left_of(const Expr& expr) {
  if (const auto* compare = std::get_if<CompareExpr>(&expr.node)) return &*compare->left;
  if (const auto* is = std::get_if<IsExpr>(&expr.node)) return &*is->left;
  return nullptr;
}

// None twice.
std::vector<Operand> keyed(const std::vector<const Expr*>& exprs) {
  std::vector<Operand> operands;
  std::set<std::string> seen;
  for (const Expr* expr : exprs) {
    const std::string key = normal_form(*expr);
    const Expr* left = left_of(*expr);
    if (seen.insert(key).second) operands.push_back({expr, key, left == nullptr ? "" : normal_form(*left)});
  }
  return operands;
}

std::vector<Operand> without(std::vector<Operand> operands, const std::vector<Operand>& others) {
  std::set<std::string_view> keys;
  for (const Operand& other : others) keys.insert(other.key);
  std::erase_if(operands, [&](const Operand& operand) { return keys.contains(operand.key); });
  return operands;
}

// An expression that holds others side by side, and in which a change can be told by itself.
struct Container {
  std::string label;
  std::vector<const Expr*> operands;
};

std::vector<const Expr*> lines_of(const Block& block, Connective connective) {
  std::vector<const Expr*> lines;
  for (const Expr& line : block.lines) {
    const auto operands = operands_of(line, connective);
    lines.insert(lines.end(), operands.begin(), operands.end());
  }
  return lines;
}

std::optional<Container> container_of(const Expr& expr) {
  if (const auto* logic = std::get_if<LogicExpr>(&expr.node)) {
    const bool any = logic->connective == Connective::disjunction;
    return Container{any ? "any" : "all", operands_of(expr, logic->connective)};
  }
  if (const auto* group = std::get_if<GroupExpr>(&expr.node); group != nullptr && group->block.definitions.empty()) {
    if (group->kind == GroupKind::all) return Container{"all", lines_of(group->block, Connective::conjunction)};
    return Container{group->kind == GroupKind::any ? "any" : "none", lines_of(group->block, Connective::disjunction)};
  }
  if (const auto* binder = std::get_if<BinderExpr>(&expr.node); binder != nullptr && binder->body.definitions.empty()) {
    return Container{print_heading(*binder), lines_of(binder->body, Connective::conjunction)};
  }
  if (const auto* negation = std::get_if<NotExpr>(&expr.node)) return Container{"not", {&*negation->operand}};
  return std::nullopt;
}

bool is_constant(const Expr& expr) {
  return std::holds_alternative<StringLiteral>(expr.node) || std::holds_alternative<NumberLiteral>(expr.node) ||
         std::holds_alternative<BoolLiteral>(expr.node) || std::holds_alternative<NullLiteral>(expr.node) ||
         std::holds_alternative<DurationLiteral>(expr.node);
}

// The constants of a list, or the one that is there instead of a list; nothing for anything else.
std::optional<std::vector<std::string>> constants_of(const Expr& expr) {
  if (is_constant(expr)) return std::vector<std::string>{print(expr)};
  const auto* list = std::get_if<ListExpr>(&expr.node);
  if (list == nullptr) return std::nullopt;
  std::vector<std::string> values;
  for (const ListExpr::Item& item : list->items) {
    if (item.spread || !is_constant(item.value)) return std::nullopt;
    values.push_back(print(item.value));
  }
  return values;
}

std::vector<std::string> missing_from(const std::vector<std::string>& values, const std::vector<std::string>& others) {
  std::vector<std::string> missing;
  for (const std::string& value : values) {
    if (std::find(others.begin(), others.end(), value) == others.end()) missing.push_back(value);
  }
  return missing;
}

// What a comparison asks, apart from the values: `eq` asks for one of a list of one.
struct Question {
  Op op{};
  bool negated = false;
  bool folded = false;
  bool all = false;
  friend bool operator==(const Question&, const Question&) = default;
};

Question question_of(const CompareClause& clause) {
  const bool equality = clause.op == Op::eq || clause.op == Op::ne;
  return {equality ? Op::in : clause.op, clause.negated != (clause.op == Op::ne), clause.folded, clause.all};
}

// Whether what stands on the right is a set of values, or one that stands for itself: not so a list that is to be
// equal, nor a text that is to hold the left side.
bool asks_for_values(const CompareClause& clause) {
  const bool list = std::holds_alternative<ListExpr>(clause.right->node);
  if (clause.op == Op::eq || clause.op == Op::ne) return !list;
  return clause.op == Op::in ? list : difference::compares_with_set(clause.op);
}

std::string in_words(const Question& question) {
  return std::string(question.negated ? "not " : "") + std::string(row_of(question.op).spelling) +
         (question.folded ? "~" : "") + (question.all ? " all" : "");
}

class Comparer {
 public:
  explicit Comparer(const BothSources& sources) : sources_(sources), before_(&sources.before), after_(&sources.after) {}

  void compare_operands(const std::vector<const Expr*>& before, const std::vector<const Expr*>& after);
  void compare_definitions(const std::vector<Definition>& before, const std::vector<Definition>& after);
  void compare_pair(const Expr& before, const Expr& after);
  void add(PartChange change) { changes_.push_back(std::move(change)); }
  [[nodiscard]] PartChange change(ChangeKind kind, const SourceSpan* before, const SourceSpan* after) const;
  [[nodiscard]] std::vector<PartChange> take() { return std::move(changes_); }

 private:
  void whole(const Expr* before, const Expr* after);
  bool compare_values(const std::string& subject, const Expr& before, const Expr& after);
  // Each tells the parts that differ, and returns true; or nothing, and false, if there are none to tell.
  bool compare_comparisons(const Expr& before, const Expr& after);
  bool compare_containers(const Expr& before, const Expr& after);
  bool compare_within(const std::string& name, const Expr& before, const Expr& after);

  // From here on a definition of each, or nothing, where it stands.
  void stand_in(const Definition* before, const Definition* after) {
    const auto source_of = [](const Definition* definition, const Source& home) {
      return definition != nullptr && definition->source != nullptr ? definition->source.get() : &home;
    };
    before_ = source_of(before, sources_.before);
    after_ = source_of(after, sources_.after);
  }

  const BothSources& sources_;
  const Source* before_;
  const Source* after_;
  std::vector<std::string> within_;
  std::vector<PartChange> changes_;
};

PartChange Comparer::change(ChangeKind kind, const SourceSpan* before, const SourceSpan* after) const {
  PartChange made;
  made.kind = kind;
  made.within = within_;
  if (before != nullptr) made.line_before = before_->locate(before->begin).line;
  if (after != nullptr) made.line_after = after_->locate(after->begin).line;
  return made;
}

void Comparer::whole(const Expr* before, const Expr* after) {
  const ChangeKind kind = before == nullptr  ? ChangeKind::added
                          : after == nullptr ? ChangeKind::removed
                                             : ChangeKind::changed;
  PartChange made =
      change(kind, before == nullptr ? nullptr : &before->span, after == nullptr ? nullptr : &after->span);
  if (before != nullptr) made.before = print(*before);
  if (after != nullptr) made.after = print(*after);
  add(std::move(made));
}

bool Comparer::compare_values(const std::string& subject, const Expr& before, const Expr& after) {
  const auto values_before = constants_of(before);
  const auto values_after = constants_of(after);
  if (!values_before || !values_after || (is_constant(before) && is_constant(after))) return false;
  PartChange made = change(ChangeKind::changed, &before.span, &after.span);
  made.subject = subject;
  made.values_added = missing_from(*values_after, *values_before);
  made.values_removed = missing_from(*values_before, *values_after);
  // The same values in another order, where order counts; or nothing in common: that is another list.
  const bool none = made.values_added.empty() && made.values_removed.empty();
  if (none || made.values_removed.size() == values_before->size()) return false;
  made.before = print(before);
  made.after = print(after);
  add(std::move(made));
  return true;
}

bool Comparer::compare_comparisons(const Expr& before, const Expr& after) {
  const auto* old_compare = std::get_if<CompareExpr>(&before.node);
  const auto* new_compare = std::get_if<CompareExpr>(&after.node);
  if (old_compare == nullptr || new_compare == nullptr) return false;
  if (!asks_for_values(old_compare->clause) || !asks_for_values(new_compare->clause)) return false;
  const Question question = question_of(new_compare->clause);
  if (question != question_of(old_compare->clause)) return false;
  if (normal_form(*old_compare->left) != normal_form(*new_compare->left)) return false;
  return compare_values(print(*new_compare->left) + " " + in_words(question), *old_compare->clause.right,
                        *new_compare->clause.right);
}

bool Comparer::compare_containers(const Expr& before, const Expr& after) {
  const auto old_container = container_of(before);
  const auto new_container = container_of(after);
  if (!old_container || !new_container || old_container->label != new_container->label) return false;
  within_.push_back(new_container->label);
  compare_operands(old_container->operands, new_container->operands);
  within_.pop_back();
  return true;
}

bool Comparer::compare_within(const std::string& name, const Expr& before, const Expr& after) {
  within_.push_back(name);
  const bool told = compare_comparisons(before, after) || compare_containers(before, after);
  within_.pop_back();
  return told;
}

void Comparer::compare_pair(const Expr& before, const Expr& after) {
  if (!compare_comparisons(before, after) && !compare_containers(before, after)) whole(&before, &after);
}

// How likely the one has become the other; 0 for not at all.
std::size_t likeness(const Operand& before, const Operand& after) {
  if (!before.left.empty() || !after.left.empty()) {
    if (before.left != after.left) return 0;
    const auto* old_compare = std::get_if<CompareExpr>(&before.expr->node);
    const auto* new_compare = std::get_if<CompareExpr>(&after.expr->node);
    const bool same_question = old_compare != nullptr && new_compare != nullptr &&
                               question_of(old_compare->clause) == question_of(new_compare->clause);
    return same_question ? 2 : 1;
  }
  const auto old_container = container_of(*before.expr);
  const auto new_container = container_of(*after.expr);
  if (!old_container || !new_container || old_container->label != new_container->label) return 0;
  const std::vector<Operand> operands = keyed(old_container->operands);
  return 1 + operands.size() - without(operands, keyed(new_container->operands)).size();
}

void Comparer::compare_operands(const std::vector<const Expr*>& before, const std::vector<const Expr*>& after) {
  const std::vector<Operand> old_operands = keyed(before);
  const std::vector<Operand> new_operands = keyed(after);
  std::vector<Operand> gone = without(old_operands, new_operands);
  for (const Operand& operand : without(new_operands, old_operands)) {
    auto best = gone.end();
    std::size_t best_likeness = 0;
    for (auto one = gone.begin(); one != gone.end(); ++one) {
      const std::size_t found = likeness(*one, operand);
      if (found > best_likeness) {
        best = one;
        best_likeness = found;
      }
    }
    if (best == gone.end()) {
      whole(nullptr, operand.expr);
      continue;
    }
    compare_pair(*best->expr, *operand.expr);
    gone.erase(best);
  }
  for (const Operand& operand : gone) whole(operand.expr, nullptr);
}

bool same_head(const Definition& a, const Definition& b) {
  return a.has_parameters == b.has_parameters && a.parameters == b.parameters;
}

void Comparer::compare_definitions(const std::vector<Definition>& before, const std::vector<Definition>& after) {
  std::map<std::string_view, const Definition*> old_ones;
  for (const Definition& definition : before) old_ones.emplace(definition.name, &definition);
  for (const Definition& definition : after) {
    const auto found = old_ones.find(definition.name);
    if (found == old_ones.end()) {
      stand_in(nullptr, &definition);
      PartChange made = change(ChangeKind::added, nullptr, &definition.span);
      made.after = print(definition);
      add(std::move(made));
      continue;
    }
    const Definition& old_one = *found->second;
    stand_in(&old_one, &definition);
    old_ones.erase(found);
    const bool same = same_head(old_one, definition);
    if (same && normal_form(*old_one.body) == normal_form(*definition.body)) continue;
    if (same && compare_values(definition.name, *old_one.body, *definition.body)) continue;
    if (same && compare_within(definition.name, *old_one.body, *definition.body)) continue;
    PartChange made = change(ChangeKind::changed, &old_one.span, &definition.span);
    made.before = print(old_one);
    made.after = print(definition);
    add(std::move(made));
  }
  for (const Definition& definition : before) {
    if (!old_ones.contains(definition.name)) continue;
    stand_in(&definition, nullptr);
    PartChange made = change(ChangeKind::removed, &definition.span, nullptr);
    made.before = print(definition);
    add(std::move(made));
  }
  stand_in(nullptr, nullptr);
}

// An entry by itself, as AlertContext holds it.
struct Entry {
  std::string key;
  std::string printed;
  std::string normal;
  SourceSpan span;
};

std::vector<Entry> entries_of(const Expr& expr) {
  std::vector<Entry> entries;
  for (const ObjectExpr::Entry& entry : std::get<ObjectExpr>(expr.node).entries) {
    const std::string printed = print_entries(Expr{ObjectExpr{{entry}}, {}});
    const auto* name = std::get_if<std::string>(&entry.key);
    entries.push_back({name != nullptr ? *name : printed, printed.substr(0, printed.find_last_not_of('\n') + 1),
                       name != nullptr ? normal_form(entry.value) : printed, entry.value.span});
  }
  return entries;
}

}  // namespace

std::string_view spelling(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::added:
      return "added";
    case ChangeKind::removed:
      return "removed";
    case ChangeKind::changed:
      return "changed";
  }
  return "";
}

std::vector<PartChange> difference_of(const Block& before, const Block& after, const BothSources& sources) {
  Comparer comparer(sources);
  comparer.compare_definitions(before.definitions, after.definitions);
  comparer.compare_operands(lines_of(before, Connective::conjunction), lines_of(after, Connective::conjunction));
  return comparer.take();
}

std::vector<PartChange> difference_of(const std::vector<Definition>& before, const std::vector<Definition>& after,
                                      const BothSources& sources) {
  Comparer comparer(sources);
  comparer.compare_definitions(before, after);
  return comparer.take();
}

std::vector<PartChange> difference_of(const Expr& before, const Expr& after, const BothSources& sources) {
  Comparer comparer(sources);
  if (normal_form(before) != normal_form(after)) comparer.compare_pair(before, after);
  return comparer.take();
}

std::vector<PartChange> difference_of_entries(const Expr& before, const Expr& after, const BothSources& sources) {
  Comparer comparer(sources);
  std::vector<Entry> old_entries = entries_of(before);
  for (Entry& entry : entries_of(after)) {
    const auto found = std::find_if(old_entries.begin(), old_entries.end(),
                                    [&](const Entry& other) { return other.key == entry.key; });
    const bool is_new = found == old_entries.end();
    if (is_new || found->normal != entry.normal) {
      PartChange made = comparer.change(is_new ? ChangeKind::added : ChangeKind::changed,
                                        is_new ? nullptr : &found->span, &entry.span);
      if (!is_new) made.before = found->printed;
      made.after = std::move(entry.printed);
      comparer.add(std::move(made));
    }
    if (!is_new) old_entries.erase(found);
  }
  for (Entry& entry : old_entries) {
    PartChange made = comparer.change(ChangeKind::removed, &entry.span, nullptr);
    made.before = std::move(entry.printed);
    comparer.add(std::move(made));
  }
  return comparer.take();
}

}  // namespace picket
