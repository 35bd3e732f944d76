#include "engine/state/correlating_rules.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "engine/event/time.hpp"
#include "engine/state/rules_version.hpp"

namespace picket {
namespace {

// Between the rule and the key in a saved state's key: in neither of them.
constexpr char between = '\n';

std::string joined(const std::vector<Value>& values) {
  std::string text;
  for (const Value& value : values) text += (text.empty() ? "" : ", ") + to_text(value);
  return text;
}

// What the alert tells of the signals: of each item that has any, how many and when.
List items_of(const Firing& firing) {
  List items;
  for (std::size_t i = 0; i < firing.signals.size(); ++i) {
    const std::vector<SignalMark>& signals = firing.signals[i];
    if (signals.empty()) continue;
    const CheckedCorrelation::Item& item = firing.correlation->items[i];
    Object told{{"item", item.id}};
    if (item.sources.size() == 1) {
      told.set("rule_id", item.sources.front().rule);
    } else {
      List rules;
      for (const SignalSource& source : item.sources) rules.emplace_back(source.rule);
      told.set("rule_ids", std::move(rules));
    }
    told.set(item.distinct ? "values" : "signals", static_cast<std::int64_t>(signals.size()));
    told.set("first", print_time(signals.front().time));
    told.set("last", print_time(signals.back().time));
    items.emplace_back(std::move(told));
  }
  return items;
}

// A firing as a signal of the correlation rule. `by` is the signal that brought it about; null: the passing of time.
Signal signal_of(const Firing& firing, const std::shared_ptr<const RuleFacts>& facts, const Signal* by) {
  Signal signal;
  signal.rule = facts;
  const std::string values = joined(firing.values);
  const std::string& name = facts->display_name.empty() ? facts->id : facts->display_name;
  signal.texts.title = values.empty() ? name : name + ": " + values;
  signal.texts.dedup = values.empty() ? "defaultDedupString:" + facts->id : to_json(Value(List(firing.values)));
  signal.texts.severity = facts->severity;
  signal.texts.description = facts->description;
  signal.texts.reference = facts->reference;
  signal.texts.runbook = facts->runbook;
  Object context{{"values", List(firing.values)},
                 {"began", print_time(firing.began)},
                 {"completed", print_time(firing.completed)},
                 {"items", items_of(firing)}};
  if (firing.measured) context.set("measured", Value::from_double(*firing.measured));
  signal.texts.context = std::move(context);
  signal.began = firing.began;
  signal.time = firing.completed;
  if (by == nullptr) return signal;
  signal.log_type = by->log_type;
  signal.place = by->place;
  signal.event = by->event;
  return signal;
}

}  // namespace

void CorrelatingRules::adopt(const RulesVersion& rules) {
  pack_ = rules.pack();
  facts_.clear();
  for (const CheckedCorrelation& correlation : pack_->correlations) {
    facts_.push_back(rules.find(correlation.rule->id.value));
  }
  if (correlator_ != nullptr) return correlator_->adopt(pack_);
  if (!pack_->correlations.empty()) correlator_ = std::make_unique<Correlator>(pack_, limits_);
}

void CorrelatingRules::take(const Signal& signal, Time at, const Take& take) {
  if (correlator_ == nullptr || !correlator_->wants(signal.rule->id)) return;
  const Value event = signal.event.value();
  const SignalView view{
      .rule = signal.rule->id, .time = at, .id = ++last_signal_, .event = &event, .context = &signal.texts.context};
  std::vector<Firing> firings;
  correlator_->take(view, firings);
  hand_on(firings, &signal, take);
}

void CorrelatingRules::advance(Time clock, const Take& take) {
  if (correlator_ == nullptr) return;
  std::vector<Firing> firings;
  correlator_->advance(clock, firings);
  hand_on(firings, nullptr, take);
}

void CorrelatingRules::hand_on(const std::vector<Firing>& firings, const Signal* by, const Take& take) const {
  for (const Firing& firing : firings) {
    const auto index = static_cast<std::size_t>(firing.correlation - pack_->correlations.data());
    // Those that are decided by the passing of time were not brought about by the signal that told it.
    const bool told_by_signal = by != nullptr && !firing.waited;
    take(signal_of(firing, facts_[index], told_by_signal ? by : nullptr), firing.completed);
  }
}

Time CorrelatingRules::next_deadline() const {
  return correlator_ == nullptr ? Time{std::numeric_limits<std::int64_t>::max()} : correlator_->next_deadline();
}

CorrelationCounts CorrelatingRules::counts() const {
  return correlator_ == nullptr ? CorrelationCounts{} : correlator_->counts();
}

void CorrelatingRules::keep_changes() { limits_.track_changes = true; }

void CorrelatingRules::save_changes(std::vector<SavedState>& to) {
  if (correlator_ == nullptr) return;
  for (SavedKey& saved : correlator_->take_changes()) {
    to.push_back({std::string(correlation_kind), saved.rule + between + saved.key, std::move(saved.state)});
  }
}

std::vector<SavedState> CorrelatingRules::restore(const std::vector<SavedState>& saved) {
  std::vector<const SavedState*> states;
  std::vector<SavedKey> keys;
  for (const SavedState& state : saved) {
    if (state.kind != correlation_kind) continue;
    const std::size_t end = std::min(state.key.find(between), state.key.size());
    const std::string key = state.key.substr(std::min(end + 1, state.key.size()));
    states.push_back(&state);
    keys.push_back({.rule = state.key.substr(0, end), .key = key, .state = state.body});
  }
  std::vector<SavedState> lost;
  if (correlator_ == nullptr) {
    for (const SavedState* state : states) lost.push_back(*state);
  } else {
    for (const std::size_t place : correlator_->load(keys)) lost.push_back(*states[place]);
  }
  return lost;
}

}  // namespace picket
