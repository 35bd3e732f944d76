#include "engine/mutation/kill.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "engine/analyse/term_children.hpp"
#include "engine/mutation/candidates.hpp"
#include "engine/mutation/places.hpp"
#include "engine/mutation/steering.hpp"
#include "engine/ruletest/setting.hpp"

namespace picket {
namespace {

constexpr std::size_t most_changes = 2'000;  // that are thought of at once
constexpr std::size_t most_bases = 6;        // events of tests to begin with
constexpr std::size_t most_choices = 8;      // elements of a constant list that a binder walks
constexpr std::int64_t most_elements = 64;   // of a list made longer

// A comparison or a binder somewhere in a condition, and how its slots are bound there.
struct Reading {
  const Term* comparison = nullptr;
  Scopes scopes;
};

// A guard where single values are the rule is nothing that an event would be made for.
bool is_guard(const Term& term) {
  const auto* is = std::get_if<IsTerm>(&term.node);
  return is != nullptr && is->kind != IsKind::null && is->kind != IsKind::empty;
}

void collect(const Term& term, const Scopes& outside, std::vector<Reading>& readings,
             std::set<DefinitionIndex>& definitions) {
  const Scopes scopes = outside.within(term);
  const bool compares = std::holds_alternative<CompareTerm>(term.node) || std::holds_alternative<IsTerm>(term.node) ||
                        std::holds_alternative<TruthTerm>(term.node);
  if (compares && !(scopes.takes_single() && is_guard(term))) {
    readings.push_back({.comparison = &term, .scopes = scopes});
  }
  if (const auto* shared = std::get_if<SharedTerm>(&term.node)) {
    if (!definitions.insert(shared->definition).second) return;
    return collect(scopes.pack().definitions[shared->definition].body.term, scopes.fresh(), readings, definitions);
  }
  if (const auto* unfolded = std::get_if<UnfoldedTerm>(&term.node)) {
    for (const auto& [slot, argument] : unfolded->arguments) collect(*argument, scopes, readings, definitions);
    return collect(*unfolded->body, inside(*unfolded, scopes), readings, definitions);
  }
  if (const auto* binder = std::get_if<BinderTerm>(&term.node)) {
    if (!scopes.takes_single()) readings.push_back({.comparison = &term, .scopes = scopes});
    collect(*binder->list, scopes, readings, definitions);
    return collect(*binder->body, inside(*binder, scopes), readings, definitions);
  }
  for_each_child(term, [&](const Term& child) { collect(child, scopes, readings, definitions); });
}

// Whether some binder walks a constant list.
bool binds_constants(const Term& term, const Scopes& scopes) {
  const auto* binder = std::get_if<BinderTerm>(&term.node);
  if (binder != nullptr && constant_of(*binder->list, scopes) != nullptr) return true;
  bool found = false;
  for_each_child(term, [&](const Term& child) { found = found || binds_constants(child, scopes); });
  return found;
}

class Search {
 public:
  Search(const Opponents& opponents, Interpreter& interpreter, const TestOptions& options, SearchBudget& budget)
      : opponents_(opponents), interpreter_(interpreter), options_(options), budget_(budget) {
    for (const RuleTest& test : opponents.original.rule->tests) {
      if (bases_.size() < most_bases) bases_.push_back(&test);
    }
    // A match is what most conditions are nearest to telling apart.
    std::stable_sort(bases_.begin(), bases_.end(),
                     [](const RuleTest* a, const RuleTest* b) { return a->expected > b->expected; });
    if (bases_.empty()) bases_.push_back(&empty_);
  }

  std::optional<KillingEvent> find() {
    for (const auto step : {&Search::try_single, &Search::try_steered, &Search::try_pairs}) {
      for (const RuleTest* base : bases_) {
        if (auto found = (this->*step)(*base)) return found;
        if (budget_.spent()) return std::nullopt;
      }
    }
    return std::nullopt;
  }

 private:
  // The verdict of the rule if the two disagree on the event.
  std::optional<bool> disagree(const RuleTest& base, const Value& event) {
    const std::optional<bool> original = verdict(opponents_.original, base, event);
    const std::optional<bool> mutant = verdict(opponents_.mutant, base, event);
    return original && mutant && *original != *mutant ? original : std::nullopt;
  }

  // Nothing if the evaluation gave up.
  std::optional<bool> verdict(const CheckedRule& rule, const RuleTest& base, const Value& event) {
    const TestSetting setting(rule, base, options_, event);
    interpreter_.start(setting.input());
    const bool holds = interpreter_.holds(rule.condition);
    budget_.evaluations -= std::min<std::size_t>(budget_.evaluations, 1);
    budget_.steps -= std::min(budget_.steps, interpreter_.steps());
    return interpreter_.exhausted() ? std::nullopt : std::optional(holds);
  }

  std::optional<KillingEvent> judged(const RuleTest& base, const Value& event, std::vector<EventChange> changes) {
    const auto verdict = disagree(base, event);
    if (!verdict) return std::nullopt;
    return KillingEvent{
        .base = &base == &empty_ ? nullptr : &base, .changes = std::move(changes), .event = event, .verdict = *verdict};
  }

  [[nodiscard]] Scopes scopes_for(const Value& event) const {
    const auto model = opponents_.pack.model_of_log_type.find(log_type_of(*opponents_.original.rule, event));
    const bool known = model != opponents_.pack.model_of_log_type.end();
    return {opponents_.pack, known ? &opponents_.pack.models[model->second] : nullptr};
  }

  // The comparisons of both conditions; those in a binder over a constant list for each of its first elements.
  std::vector<Reading> readings(const Scopes& scopes) const {
    std::vector<Reading> all;
    for (std::size_t choice = 0; choice < most_choices; ++choice) {
      const Scopes chosen(scopes.pack(), scopes.model(), choice);
      std::set<DefinitionIndex> definitions;
      collect(opponents_.original.condition.term, chosen, all, definitions);
      collect(opponents_.mutant.condition.term, chosen, all, definitions);
      if (!binds_constants(opponents_.original.condition.term, chosen)) break;
    }
    return all;
  }

  // Of them those that the mistake is in, or in a constant that they name.
  std::vector<Reading> at_mistake(const std::vector<Reading>& all) const {
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::string> rights;
    std::set<std::pair<std::uint32_t, std::uint32_t>> differing;
    const auto own_site = [&](const Reading& reading) {
      const Site* site = site_of(*reading.comparison);
      return site != nullptr && site->source == opponents_.original.rule->source ? site : nullptr;
    };
    for (const Reading& reading : all) {
      const Site* site = own_site(reading);
      const auto* compare = std::get_if<CompareTerm>(&reading.comparison->node);
      const Value* right = compare == nullptr ? nullptr : constant_of(*compare->right, reading.scopes);
      if (site == nullptr || right == nullptr) continue;
      const auto place = std::pair(site->span.begin, site->span.end);
      const auto [known, added] = rights.emplace(place, to_json(*right));
      if (!added && known->second != to_json(*right)) differing.insert(place);
    }
    std::vector<Reading> some;
    for (const Reading& reading : all) {
      const Site* site = own_site(reading);
      if (site == nullptr) continue;
      const bool overlaps = site->span.begin < opponents_.span.end && opponents_.span.begin < site->span.end;
      if (overlaps || differing.contains({site->span.begin, site->span.end})) some.push_back(reading);
    }
    return some;
  }

  // What the two conditions compare with, for this event.
  Rights seen_rights(const RuleTest& base) {
    Rights rights;
    for (const CheckedRule* rule : {&opponents_.original, &opponents_.mutant}) {
      std::vector<Observation> seen;
      observe(*rule, base, seen);
      add_rights(rights, seen);
    }
    return rights;
  }

  void observe(const CheckedRule& rule, const RuleTest& base, std::vector<Observation>& seen) {
    const TestSetting setting(rule, base, options_, base.event);
    interpreter_.start(setting.input());
    interpreter_.observe(&seen, Thoroughness::every_operand);
    static_cast<void>(interpreter_.holds(rule.condition));
    interpreter_.observe(nullptr);
    // An event is steered by what items are made of.
    for (std::size_t i = 0; i < seen.size(); ++i) {
      std::vector<Observation> within = std::move(seen[i].within);
      std::ranges::move(within, std::back_inserter(seen));
    }
  }

  // One change, at a place that the mistake is about, then at any.
  std::optional<KillingEvent> try_single(const RuleTest& base) {
    const Rights rights = seen_rights(base);
    const std::vector<Reading> all = readings(scopes_for(base.event));
    const std::vector<Reading> first = at_mistake(all);
    const auto try_all = [&](const std::vector<EventChange>& changes) -> std::optional<KillingEvent> {
      for (const EventChange& change : changes) {
        const Value event = changed(base.event, change);
        if (event == base.event) continue;
        if (auto found = judged(base, event, {change})) return found;
        if (budget_.spent()) return std::nullopt;
      }
      return std::nullopt;
    };
    if (auto found = try_all(dropped_values(first))) return found;
    if (auto found = try_all(changes_for(first, base.event, rights))) return found;
    return budget_.spent() ? std::nullopt : try_all(changes_for(all, base.event, rights));
  }

  // For a value that the mistake leaves out, that value.
  std::vector<EventChange> dropped_values(const std::vector<Reading>& readings) const {
    std::map<std::pair<std::uint32_t, std::uint32_t>, const List*> lists;
    std::vector<EventChange> changes;
    if (opponents_.mistake != Mistake::value_dropped) return changes;
    for (const Reading& reading : readings) {
      const Site* site = site_of(*reading.comparison);
      const auto* compare = std::get_if<CompareTerm>(&reading.comparison->node);
      const Value* right = compare == nullptr ? nullptr : constant_of(*compare->right, reading.scopes);
      const auto place = place_of(*reading.comparison, reading.scopes);
      if (right == nullptr || right->list() == nullptr || !place || place->empty()) continue;
      const auto [known, added] = lists.emplace(std::pair(site->span.begin, site->span.end), right->list());
      if (added || known->second->size() <= right->list()->size()) continue;
      const auto [longer, ignored] =
          std::mismatch(known->second->begin(), known->second->end(), right->list()->begin(), right->list()->end());
      if (longer != known->second->end()) changes.push_back({.path = *place, .value = *longer});
    }
    return changes;
  }

  static std::vector<EventChange> changes_for(const std::vector<Reading>& readings, const Value& event,
                                              const Rights& rights) {
    std::vector<EventChange> changes;
    std::set<std::string> seen;
    for (const Reading& reading : readings) {
      const auto place = place_of(*reading.comparison, reading.scopes);
      if (!place || place->empty() || changes.size() > most_changes) continue;
      const std::vector<Value> known = rights_of(*reading.comparison, reading.scopes, rights);
      const Value current = value_at(event, *place);
      for (Candidate& candidate : candidates_for(*reading.comparison, known, current)) {
        EventChange change{.path = *place, .value = std::move(candidate)};
        if (seen.insert(describe(change)).second) changes.push_back(std::move(change));
      }
      for (const auto& lists : {counted_lists(reading, current), other_lists(reading, current)}) {
        for (const Value& list : lists) changes.push_back({.path = *place, .value = list});
      }
    }
    return changes;
  }

  // For a binder the list that there is with another element, or without any.
  static std::vector<Value> other_lists(const Reading& reading, const Value& current) {
    if (!std::holds_alternative<BinderTerm>(reading.comparison->node)) return {};
    std::vector<Value> lists{List{}};
    for (const Value& other : {Value(Object{}), Value("other")}) {
      List list = current.list() != nullptr ? *current.list() : List();
      list.push_back(other);
      lists.emplace_back(std::move(list));
    }
    return lists;
  }

  // For `count list { … } gt 3` lists of two, three and four elements like the first that there is.
  static std::vector<Value> counted_lists(const Reading& reading, const Value& list) {
    const auto* compare = std::get_if<CompareTerm>(&reading.comparison->node);
    const Value* right = compare == nullptr ? nullptr : constant_of(*compare->right, reading.scopes);
    const auto wanted = right == nullptr ? std::nullopt : right->as_index();
    if (!wanted || list.list() == nullptr || list.list()->empty()) return {};
    std::vector<Value> lists;
    for (const std::int64_t step : {0, 1, -1}) {
      const std::int64_t size = *wanted + step;
      if (size < 1 || size > most_elements) continue;
      lists.emplace_back(List(static_cast<std::size_t>(size), list.list()->front()));
    }
    return lists;
  }

  // The mistake made to matter first, then one change at it, or its parts made true and false by turns.
  std::optional<KillingEvent> try_steered(const RuleTest& base) {
    std::vector<Observation> seen;
    observe(opponents_.original, base, seen);
    Steering steered(base.event, seen);
    const Source& source = *opponents_.original.rule->source;
    const Scopes scopes = scopes_for(base.event);
    auto focus = steered.focus(opponents_.original.condition.term, source, opponents_.span, scopes);
    // A mistake in a constant is where the constant is asked for.
    const std::vector<Reading> readings_at_mistake = focus ? std::vector<Reading>() : at_mistake(readings(scopes));
    if (!readings_at_mistake.empty()) {
      const SourceSpan span = site_of(*readings_at_mistake.front().comparison)->span;
      focus = steered.focus(opponents_.original.condition.term, source, span, scopes);
    }
    if (!focus) return std::nullopt;
    if (auto found = judged(base, steered.event(), steered.changes())) return found;
    if (auto found = try_parts(base, steered, *focus)) return found;
    return try_values(base, steered, *focus);
  }

  std::optional<KillingEvent> try_parts(const RuleTest& base, const Steering& steered, const FocusedTerm& focus) {
    const auto attempt = [&](const auto& make) -> std::optional<KillingEvent> {
      Steering one = steered;
      make(one);
      return judged(base, one.event(), one.changes());
    };
    for (const bool truth : {true, false}) {
      const auto whole = [&](Steering& one) { static_cast<void>(one.make(*focus.term, truth, focus.scopes)); };
      if (auto found = attempt(whole)) return found;
    }
    const auto* logic = std::get_if<LogicTerm>(&focus.term->node);
    if (logic == nullptr) return std::nullopt;
    // One operand otherwise than all others.
    for (const bool truth : {true, false}) {
      for (const Term& odd : logic->operands) {
        const auto turn = [&](Steering& one) {
          for (const Term& operand : logic->operands) {
            static_cast<void>(one.make(operand, (&operand == &odd) == truth, focus.scopes));
          }
        };
        if (auto found = attempt(turn)) return found;
        if (budget_.spent()) return std::nullopt;
      }
    }
    return std::nullopt;
  }

  std::optional<KillingEvent> try_values(const RuleTest& base, const Steering& steered, const FocusedTerm& focus) {
    std::vector<Reading> inner;
    std::set<DefinitionIndex> definitions;
    collect(*focus.term, focus.scopes, inner, definitions);
    const std::vector<Reading> others = at_mistake(readings(scopes_for(base.event)));
    inner.insert(inner.end(), others.begin(), others.end());
    for (const EventChange& change : changes_for(inner, steered.event(), seen_rights(base))) {
      const Value event = changed(steered.event(), change);
      std::vector<EventChange> changes = steered.changes();
      changes.push_back(change);
      if (auto found = judged(base, event, std::move(changes))) return found;
      if (budget_.spent()) return std::nullopt;
    }
    return std::nullopt;
  }

  // Two changes, the first at the mistake.
  std::optional<KillingEvent> try_pairs(const RuleTest& base) {
    const Rights rights = seen_rights(base);
    const std::vector<Reading> all = readings(scopes_for(base.event));
    std::vector<EventChange> first = changes_for(at_mistake(all), base.event, rights);
    const std::vector<EventChange> second = changes_for(all, base.event, rights);
    if (first.empty()) first = second;
    for (const EventChange& one : first) {
      const Value once = changed(base.event, one);
      for (const EventChange& other : second) {
        if (other.path == one.path) continue;
        if (auto found = judged(base, changed(once, other), {one, other})) return found;
        if (budget_.spent()) return std::nullopt;
      }
    }
    return std::nullopt;
  }

  const Opponents& opponents_;
  Interpreter& interpreter_;
  const TestOptions& options_;
  RuleTest empty_ = [] {
    RuleTest test;
    test.event = Object{};
    return test;
  }();
  std::vector<const RuleTest*> bases_;
  SearchBudget& budget_;
};

}  // namespace

std::optional<KillingEvent> find_killer(const Opponents& opponents, Interpreter& interpreter,
                                        const TestOptions& options, SearchBudget& budget) {
  return Search(opponents, interpreter, options, budget).find();
}

}  // namespace picket
