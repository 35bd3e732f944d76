#include "engine/coverage/recorder.hpp"

#include <map>
#include <span>

#include "engine/analyse/constant.hpp"
#include "engine/eval/operators.hpp"
#include "engine/ruletest/comparison_state.hpp"
#include "engine/ruletest/setting.hpp"

namespace picket {
namespace {

constexpr std::size_t steps_per_item = 100'000;  // more than any comparison of one value takes
// Of one comparison for one test: elements of a list that are tried, each by an evaluation of its own.
constexpr std::size_t most_tries = 32;

bool holds_for(const CompareTerm& term, std::size_t index, const Value& left, const Value& item) {
  Budget budget(steps_per_item);
  if (index < term.regexes.size()) return matches(left, std::span(&term.regexes[index], 1), false, budget);
  if (index < term.globs.size()) return is_like(left, std::span(&term.globs[index], 1), false, budget);
  if (index < term.networks.size()) return is_in_networks(left, std::span(&term.networks[index], 1), budget);
  // `in` asks whether the left side is an element; the others take one value as they take a list of it.
  const Op op = term.op == Op::in ? Op::eq : term.op;
  return compares({.op = op, .folded = term.folded, .all = false}, left, item, budget);
}

// A list whose elements stand for themselves: any of them, or all, make the comparison true.
bool has_alternatives(const CompareTerm& term) { return term.op == Op::in || row_of(term.op).list_right; }

}  // namespace

Recorder::Recorder(const CheckedPack& pack, const CheckedRule& rule) : rule_(rule) {
  for (const ConditionPart& part : parts_of(rule.condition.term, pack.definitions)) {
    if (part.item != nullptr && part.item->role == WrittenItem::Role::premise) continue;
    PartCoverage& coverage = parts_.emplace_back();
    coverage.kind = part.kind;
    coverage.site = part.site;
    coverage.opened = part.opened;
    places_.emplace(key_of(*part.site, part.kind), parts_.size() - 1);
    if (part.item != nullptr) {
      for (const Value& value : part.item->values) coverage.items.push_back({.value = value, .matched = 0});
    }
    if (part.comparison == nullptr || !has_alternatives(*part.comparison)) continue;
    const Value* right = constant_of(*part.comparison->right, pack.definitions);
    const List* list = right == nullptr ? nullptr : right->list();
    if (list == nullptr) continue;
    for (const Value& item : *list) coverage.items.push_back({.value = item, .matched = 0});
  }
}

PartCoverage* Recorder::part_of(const Observation& seen) {
  const auto place = places_.find(key_of(*seen.site, seen.part));
  return place == places_.end() ? nullptr : &parts_[place->second];
}

void Recorder::count(const Observation& seen) {
  PartCoverage* part = part_of(seen);
  if (part == nullptr) return;
  ++(seen.result ? part->times_true : part->times_false);
  if (seen.part != PartKind::comparison) return;
  const ComparisonState state = state_of(seen);
  if (state == ComparisonState::missing) ++part->missing;
  if (state == ComparisonState::wrong_type) ++part->wrong_type;
  if (seen.item != nullptr) return count_values(seen, *part);
  if (seen.term == nullptr) return;
  for (std::size_t i = 0; i < part->items.size(); ++i) {
    if (holds_for(*seen.term, i, seen.left, part->items[i].value)) ++part->items[i].matched;
  }
}

// A value of an item has matched where anything has that comes of it.
void Recorder::count_values(const Observation& item, PartCoverage& part) {
  std::vector<bool> matched(part.items.size(), false);
  for (const Observation& one : item.within) {
    const auto origins = item.item->origins.find(one.site);
    if (one.term == nullptr || !one.right || origins == item.item->origins.end()) continue;
    const List* list = one.right->list();
    for (std::size_t i = 0; i < origins->second.size(); ++i) {
      const std::size_t value = origins->second[i];
      if (value >= matched.size() || matched[value] || (list != nullptr && i >= list->size())) continue;
      matched[value] = holds_for(*one.term, i, one.left, list == nullptr ? *one.right : (*list)[i]);
    }
  }
  for (std::size_t i = 0; i < matched.size(); ++i) {
    if (matched[i]) ++part.items[i].matched;
  }
}

void Recorder::decide(Interpreter& interpreter, const EvaluationInput& input) {
  std::vector<Observation> seen;
  interpreter.start(input);
  interpreter.observe(&seen);
  const bool verdict = interpreter.holds(rule_.condition);
  interpreter.observe(nullptr);
  std::map<const PartCoverage*, std::size_t> tries;
  for (const Observation& one : seen) {
    PartCoverage* part = one.part == PartKind::comparison ? part_of(one) : nullptr;
    if (part == nullptr || part->decided[one.result][verdict] || ++tries[part] > most_tries) continue;
    interpreter.start(input);
    interpreter.flip(one.ordinal);
    if (interpreter.holds(rule_.condition) != verdict) part->decided[one.result][verdict] = true;
  }
}

void Recorder::record(Interpreter& interpreter, const RuleTest& test, const TestOptions& options) {
  const TestSetting setting(rule_, test, options);
  std::vector<Observation> seen;
  interpreter.start(setting.input());
  interpreter.observe(&seen, Thoroughness::every_operand);
  if (interpreter.holds(rule_.condition) != test.expected) ++failing_;
  interpreter.observe(nullptr);
  for (const Observation& one : seen) count(one);
  decide(interpreter, setting.input());
}

}  // namespace picket
