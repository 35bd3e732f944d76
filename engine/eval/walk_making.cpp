// Terms that make a value: comparisons, arithmetic, calls, templates, binders, lists and objects.
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "engine/eval/arithmetic.hpp"
#include "engine/eval/functions.hpp"
#include "engine/eval/operators.hpp"
#include "engine/eval/walk.hpp"

namespace picket {
namespace {

// Whether the term's value is what an earlier `[*]` reached, so that a further one opens each of its elements.
bool is_mapped(const Term& term) {
  const auto* each = std::get_if<EachTerm>(&term.node);
  return (each != nullptr && !each->deep) || std::holds_alternative<EachMemberTerm>(term.node) ||
         std::holds_alternative<EachIndexTerm>(term.node);
}

}  // namespace

Value Evaluation::make(const TemplateTerm& term) {
  std::string text;
  for (const auto& part : term.parts) {
    if (const auto* literal = std::get_if<std::string>(&part)) {
      text += *literal;
      continue;
    }
    const auto& hole = std::get<TemplateTerm::Hole>(part);
    Value scratch;
    const Value& value = look(*hole.value, scratch);
    if (value.is_null()) {
      if (term.needs_holes) return {};
      text += "<no " + hole.name + ">";
    } else if (run_.budget_.spend_on_value(value)) {
      text += to_text(value);
    }
    if (text.size() > longest_string) return {};
  }
  return text;
}

Value Evaluation::make(const IndexTerm& term) {
  Value base;
  Value index;
  return item_of(look(*term.base, base), look(*term.index, index), run_.budget_);
}

Value Evaluation::make(const SliceTerm& term) {
  Value base;
  Value from;
  Value to;
  return slice_of(look(*term.base, base), term.from ? &look(**term.from, from) : nullptr,
                  term.to ? &look(**term.to, to) : nullptr, run_.budget_);
}

Value Evaluation::make(const EachTerm& term) {
  Value scratch;
  const Value& base = look(*term.base, scratch);
  return term.deep ? leaves_of(base, run_.budget_) : elements_of(base, is_mapped(*term.base), run_.budget_);
}

Value Evaluation::make(const EachMemberTerm& term) {
  Value scratch;
  const List* elements = look(*term.base, scratch).list();
  List found;
  if (elements != nullptr && run_.budget_.spend(elements->size())) {
    for (const Value& element : *elements) {
      if (const Value& member = member_of(element, term.key); !member.is_null()) found.push_back(member);
    }
  }
  return paid(std::move(found));
}

Value Evaluation::make(const EachIndexTerm& term) {
  Value base;
  Value index_scratch;
  const List* elements = look(*term.base, base).list();
  const Value& index = look(*term.index, index_scratch);
  List found;
  if (elements != nullptr && run_.budget_.spend(elements->size())) {
    for (const Value& element : *elements) {
      if (Value item = item_of(element, index, run_.budget_); !item.is_null()) found.push_back(std::move(item));
    }
  }
  return paid(std::move(found));
}

Value Evaluation::make(const CallTerm& term) {
  std::vector<Value> scratches(term.arguments.size());
  Call call{.arguments = {},
            .regex = term.regex ? &*term.regex : nullptr,
            .model = run_.model_,
            .memory = &run_.recollection_,
            .budget = run_.budget_};
  call.arguments.reserve(scratches.size());
  for (std::size_t i = 0; i < scratches.size(); ++i) call.arguments.push_back(&look(term.arguments[i], scratches[i]));
  return call_function(term.function, call);
}

Value Evaluation::make(const HasTerm& term) {
  Value scratch;
  const Value& base = look(*term.base, scratch);
  if (const auto* key = std::get_if<std::string>(&term.key)) {
    return base.object() != nullptr && base.object()->find(*key) != nullptr;
  }
  const List* list = base.list();
  const std::int64_t index = std::get<std::int64_t>(term.key);
  const auto size = static_cast<std::int64_t>(list == nullptr ? 0 : list->size());
  return index < 0 ? index >= -size : index < size;
}

Value Evaluation::make(const NegateTerm& term) {
  Value scratch;
  return negate(look(*term.operand, scratch));
}

Value Evaluation::make(const ArithmeticTerm& term) {
  Value left;
  Value right;
  return calculate(term.op, look(*term.left, left), look(*term.right, right), run_.budget_);
}

bool Evaluation::compare(const CompareTerm& term, const Value& left, const Value& right) {
  // A mock may have replaced a definition that the compiled patterns were taken from.
  const bool mocked = run_.input_.mocks != nullptr && !run_.input_.mocks->empty();
  if (!mocked || std::holds_alternative<ConstantTerm>(term.right->node)) {
    if (term.op == Op::matches) return matches(left, term.regexes, term.all, run_.budget_);
    if (!term.globs.empty()) return is_like(left, term.globs, term.all, run_.budget_);
    if (!term.networks.empty()) return is_in_networks(left, term.networks, run_.budget_);
  }
  return compares({.op = term.op, .folded = term.folded, .all = term.all}, left, right, run_.budget_);
}

Value Evaluation::make(const CompareTerm& term) {
  Value left_scratch;
  Value right_scratch;
  const Value& left = look(*term.left, left_scratch);
  const Value& right = look(*term.right, right_scratch);
  return settle(compare(term, left, right) != term.negated,
                {.site = term.site, .left_term = *term.left, .left = left, .right = &right, .term = &term});
}

Value Evaluation::make(const IsTerm& term) {
  Value scratch;
  const Value& operand = look(*term.operand, scratch);
  return settle(is_of_kind(operand, term.kind) != term.negated,
                {.site = term.site, .left_term = *term.operand, .left = operand});
}

Value Evaluation::make(const TruthTerm& term) {
  Value scratch;
  const Value& operand = look(*term.operand, scratch);
  return settle(operand.truth(), {.site = term.site, .left_term = *term.operand, .left = operand});
}

Value Evaluation::make(const LogicTerm& term) {
  const bool decides = term.connective == Connective::disjunction;
  bool decided = false;
  for (std::size_t i = 0; i < term.operands.size(); ++i) {
    const bool truth = holds(term.operands[i]);
    if (run_.observations_ != nullptr && i < term.branches.size()) observe(PartKind::branch, term.branches[i], truth);
    decided = decided || truth == decides;
    if (decided && !run_.thorough_) break;
  }
  return decided ? decides : !decides;
}

void Evaluation::bind(const BinderTerm& term, const Value* key, const Value& element) {
  if (term.key) slots_[*term.key] = SlotState{.element = key, .argument = nullptr, .value = std::nullopt};
  slots_[term.element] = SlotState{.element = &element, .argument = nullptr, .value = std::nullopt};
}

// Calls visit(element) for each element, bound, until it returns true.
template <typename Visit>
void Evaluation::each_entry(const BinderTerm& term, const Value& source, const Visit& visit) {
  const auto visit_bound = [&](const Value& key, const Value& element) {
    if (!run_.budget_.spend(1)) return true;
    bind(term, &key, element);
    return visit(element);
  };
  if (source.is_null()) return;
  if (const List* list = source.list()) {
    for (std::size_t i = 0; i < list->size(); ++i) {
      if (visit_bound(Value(static_cast<std::int64_t>(i)), (*list)[i])) return;
    }
  } else if (const Object* object = source.object(); object != nullptr && term.key) {
    for (const auto& [key, value] : object->entries()) {
      if (visit_bound(Value(key), value)) return;
    }
  } else {
    visit_bound(Value(0), source);
  }
}

Value Evaluation::make(const BinderTerm& term) {
  Value scratch;
  const Value& source = look(*term.list, scratch);
  Value result;
  List collected;
  std::int64_t fitting = 0;
  std::int64_t visited = 0;
  each_entry(term, source, [&](const Value& element) {
    ++visited;
    if (term.kind == BinderKind::map) {
      collected.push_back(evaluate(*term.body));
      return false;
    }
    const bool fits = holds(*term.body);
    if (run_.observations_ != nullptr) observe(PartKind::body, term.site, fits);
    if (!fits) return term.kind == BinderKind::all && !run_.thorough_;
    ++fitting;
    if (term.kind == BinderKind::where) collected.push_back(element);
    if (term.kind == BinderKind::first && fitting == 1) result = element;
    const bool decided =
        term.kind == BinderKind::any || term.kind == BinderKind::none || term.kind == BinderKind::first;
    return decided && !run_.thorough_;
  });
  switch (term.kind) {
    case BinderKind::any:
      return fitting > 0;
    case BinderKind::all:
      return fitting == visited;
    case BinderKind::none:
      return fitting == 0;
    case BinderKind::count:
      return fitting;
    case BinderKind::first:
      return result;
    case BinderKind::where:
    case BinderKind::map:
      return paid(std::move(collected));
  }
  return {};
}

Value Evaluation::make(const ListTerm& term) {
  List list;
  list.reserve(term.items.size());
  for (const ListTerm::Item& item : term.items) {
    Value scratch;
    const Value& value = look(item.value, scratch);
    const List* spliced = item.spread ? value.list() : nullptr;
    if (spliced != nullptr) {
      if (run_.budget_.spend(spliced->size())) list.insert(list.end(), spliced->begin(), spliced->end());
    } else if (!item.spread || !value.is_null()) {
      list.push_back(value);
    }
  }
  return paid(std::move(list));
}

Value Evaluation::make(const ObjectTerm& term) {
  Object object;
  const auto set = [&object](const std::string& key, const Value& value) {
    if (!value.is_null()) object.set(key, value);
  };
  for (const ObjectTerm::Entry& entry : term.entries) {
    Value key_scratch;
    Value scratch;
    if (entry.key) {
      const Value& key = look(*entry.key, key_scratch);
      if (key.is_null() || key.list() != nullptr || key.object() != nullptr) continue;
      set(to_text(key), look(entry.value, scratch));
    } else if (const Object* spliced = look(entry.value, scratch).object()) {
      for (const auto& [key, value] : spliced->entries()) set(key, value);
    }
  }
  return paid(std::move(object));
}

bool Evaluation::settle(bool result, const Compared& compared) {
  const std::size_t ordinal = run_.compared_++;
  if (run_.flipped_ == ordinal) result = !result;
  if (run_.observations_ == nullptr || compared.site == nullptr || run_.budget_.exhausted()) return result;
  Observation seen{.part = PartKind::comparison,
                   .site = compared.site.get(),
                   .result = result,
                   .left = compared.left,
                   .right = std::nullopt,
                   .term = compared.term,
                   .path = {},
                   .ordinal = ordinal,
                   .item = nullptr,
                   .within = {}};
  if (compared.right != nullptr) seen.right = *compared.right;
  if (const auto* field = std::get_if<FieldTerm>(&compared.left_term.node)) seen.path = print_path(field->path);
  run_.observations_->push_back(std::move(seen));
  return result;
}

// The item as a whole is one comparison, whatever it stands in; those within are observed as its own.
bool Evaluation::settle_item(const Term& term) {
  const std::size_t ordinal = run_.compared_++;
  std::vector<Observation>* const observations = run_.observations_;
  const bool told = observations != nullptr && term.item->site != nullptr;
  std::vector<Observation> within;
  run_.observations_ = told ? &within : nullptr;
  Value scratch;
  bool result = look_at_node(term, scratch).truth();
  if (run_.flipped_ == ordinal) result = !result;
  run_.observations_ = nullptr;
  if (told && !run_.budget_.exhausted()) {
    Observation seen;
    seen.part = PartKind::comparison;
    seen.site = term.item->site.get();
    seen.result = result;
    seen.ordinal = ordinal;
    seen.item = term.item.get();
    seen.within = std::move(within);
    for (const auto& [field, name] : term.item->fields) {
      seen.left = evaluate(field);
      const bool nothing = seen.left.is_null() || (seen.left.list() != nullptr && seen.left.list()->empty());
      if (seen.path.empty() || !nothing) seen.path = name;
      if (!nothing) break;
      // Of what maps over a list an empty one is nothing.
      if (!std::holds_alternative<FieldTerm>(field.node)) seen.left = Value();
    }
    run_.asked_for_->push_back(std::move(seen));
  }
  run_.observations_ = observations;
  return result;
}

void Evaluation::observe(PartKind part, const std::shared_ptr<const Site>& site, bool result) {
  if (site == nullptr || run_.budget_.exhausted()) return;
  // In its place: GCC 14 sees values in one that is moved that are not there.
  Observation& seen = run_.observations_->emplace_back();
  seen.part = part;
  seen.site = site.get();
  seen.result = result;
}

}  // namespace picket
