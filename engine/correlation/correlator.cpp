#include "engine/correlation/correlator.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <set>
#include <utility>

#include "engine/correlation/form.hpp"
#include "engine/correlation/match_values.hpp"
#include "engine/frontend/correlation_rule.hpp"

namespace picket {
namespace {

constexpr Time never_yet{std::numeric_limits<std::int64_t>::min()};
constexpr Time never{std::numeric_limits<std::int64_t>::max()};

}  // namespace

Correlator::Correlator(std::shared_ptr<const CheckedPack> pack, const CorrelationLimits& limits)
    : pack_(std::move(pack)), limits_(limits), latest_(never_yet), next_deadline_(never) {
  begin({});
}

void Correlator::adopt(std::shared_ptr<const CheckedPack> pack) {
  const std::shared_ptr<const CheckedPack> old = std::exchange(pack_, std::move(pack));  // what was known points to it
  begin(std::exchange(rules_, {}));
}

void Correlator::begin(std::vector<KeyedPatterns> before) {
  places_of_rule_.clear();
  next_deadline_ = never;
  std::unordered_map<std::string_view, KeyedPatterns*> known;
  for (KeyedPatterns& rule : before) known.emplace(rule.correlation().rule->id.value, &rule);
  for (const CheckedCorrelation* correlation : inner_first()) {
    for (std::size_t i = 0; i < correlation->items.size(); ++i) {
      const auto& sources = correlation->items[i].sources;
      for (std::size_t k = 0; k < sources.size(); ++k)
        places_of_rule_[sources[k].rule].push_back({rules_.size(), i, k});
    }
    const auto old = known.extract(correlation->rule->id.value);
    if (!old.empty() && whole_form_of(old.mapped()->correlation()) == whole_form_of(*correlation)) {
      rules_.push_back(std::move(*old.mapped()));
      rules_.back().adopt(*correlation);
    } else {
      rules_.emplace_back(*correlation, limits_, counts_);
      if (!old.empty()) go_on(rules_.back(), *old.mapped());
    }
    next_deadline_ = std::min(next_deadline_, rules_.back().next_deadline());
  }
  for (const auto& [id, gone] : known) forget(*gone);
  chained_ = std::ranges::any_of(
      rules_, [this](const KeyedPatterns& rule) { return wants(rule.correlation().rule->id.value); });
  // A signal of a rule that stands at several items of a Sequence must not follow upon itself: later items take it
  // first.
  for (auto& [rule, places] : places_of_rule_) std::ranges::reverse(places);
}

// The rule that was `before` has other numbers now, or is another one altogether.
void Correlator::go_on(KeyedPatterns& rule, KeyedPatterns& before) {
  std::vector<KeyState> states;
  before.for_each([&](const std::string&, const KeyState& state) {
    auto read = load_state(rule.correlation(), save_state(before.correlation(), state));
    if (read) states.push_back(*std::move(read));
  });
  forget(before);
  restore(rule, std::move(states), true);
}

void Correlator::forget(KeyedPatterns& rule) {
  if (!limits_.track_changes) return;
  for (std::string& key : rule.give_up()) gone_.push_back({rule.correlation().rule->id.value, std::move(key), {}});
}

void Correlator::restore(KeyedPatterns& rule, std::vector<KeyState> states, bool changed) {
  std::ranges::sort(states, {}, [](const KeyState& state) { return state.pattern.latest(); });
  for (KeyState& state : states) {
    latest_ = std::max(latest_, state.pattern.latest());
    rule.restore(std::move(state), changed);
  }
  next_deadline_ = std::min(next_deadline_, rule.next_deadline());
}

// The enabled rules, so that what one decides at some time is there for the others when they decide. None is, directly
// or not, made of its own firings.
std::vector<const CheckedCorrelation*> Correlator::inner_first() const {
  std::vector<const CheckedCorrelation*> left;
  for (const CheckedCorrelation& correlation : pack_->correlations) {
    if (correlation.rule->enabled) left.push_back(&correlation);
  }
  std::vector<const CheckedCorrelation*> sorted;
  while (!left.empty()) {
    std::set<std::string_view> waited_for;
    for (const CheckedCorrelation* one : left) waited_for.insert(one->rule->id.value);
    const auto leans = [&](const CheckedCorrelation* one) {
      return std::ranges::any_of(one->items, [&](const CheckedCorrelation::Item& item) {
        return std::ranges::any_of(item.sources,
                                   [&](const SignalSource& source) { return waited_for.contains(source.rule); });
      });
    };
    const auto rest =
        std::stable_partition(left.begin(), left.end(), [&](const CheckedCorrelation* one) { return !leans(one); });
    if (rest == left.begin()) break;
    sorted.insert(sorted.end(), left.begin(), rest);
    left.erase(left.begin(), rest);
  }
  return sorted;
}

void Correlator::take(const SignalView& signal, std::vector<Firing>& firings) {
  const auto places = places_of_rule_.find(std::string(signal.rule));
  if (places == places_of_rule_.end()) return;
  if (signal.time < latest_) ++counts_.late;
  const Time now = std::max(latest_, signal.time);
  if (next_deadline_ < now) advance(now, firings);
  latest_ = now;
  count(signal, places->second, firings);
  keep_bound();
}

// Of all keys the one goes first whose latest signal is oldest; the last one there is stays.
void Correlator::keep_bound() {
  while (bytes() > limits_.bytes && keys() > 1) {
    const auto none_or = [](const KeyedPatterns& rule) { return rule.size() == 0 ? never : rule.oldest(); };
    std::ranges::min_element(rules_, {}, none_or)->evict_oldest();
  }
}

// A signal counts at the latest time.
void Correlator::count(const SignalView& signal, const Places& places, std::vector<Firing>& firings) {
  ++counts_.signals;
  for (const Place& place : places) {
    KeyedPatterns& rule = rules_[place.rule];
    const CheckedCorrelation& correlation = rule.correlation();
    const SignalSource& source = correlation.items[place.item].sources[place.source];
    SignalKeys keys = keys_of_signal(source, correlation.as_texts, signal, limits_.keys_per_signal);
    const auto measure = measure_of_signal(correlation, source, signal, limits_.keys_per_signal);
    if (keys.cut || (measure && measure->cut)) ++counts_.cut;
    if (!measure) continue;
    for (std::vector<Value>& values : keys.keys) {
      rule.take(place.item, std::move(values), {latest_, signal.id}, *measure);
    }
  }
  std::vector<Firing> fired;
  for (const Place& place : places) {
    rules_[place.rule].settle(fired);
    next_deadline_ = std::min(next_deadline_, rules_[place.rule].next_deadline());
  }
  hand_on(std::move(fired), firings);
}

// Firings are signals of their own; as deep as rules are chained.
void Correlator::hand_on(std::vector<Firing> fired, std::vector<Firing>& firings) {
  for (Firing& firing : fired) {
    const CheckedCorrelation& correlation = *firing.correlation;
    const auto places = chained_ ? places_of_rule_.find(correlation.rule->id.value) : places_of_rule_.end();
    if (places == places_of_rule_.end()) {
      firings.push_back(std::move(firing));
      continue;
    }
    const Value event = event_of(firing);
    firings.push_back(std::move(firing));
    count({.rule = correlation.rule->id.value, .time = latest_, .id = 0, .event = &event}, places->second, firings);
  }
}

void Correlator::advance(Time watermark, std::vector<Firing>& firings) {
  // What is decided counts for other rules when it is decided, so one time is passed after the other.
  while (chained_) {
    const auto next = std::ranges::min_element(rules_, {}, &KeyedPatterns::next_deadline);
    const Time deadline = next == rules_.end() ? never : next->next_deadline();
    if (deadline >= watermark) break;
    latest_ = std::max(latest_, deadline);
    std::vector<Firing> fired;
    next->advance(Time{deadline.microseconds + 1}, fired);
    const std::size_t before = firings.size();
    hand_on(std::move(fired), firings);
    for (std::size_t i = before; i < firings.size(); ++i) firings[i].waited = true;
  }
  latest_ = std::max(latest_, watermark);
  next_deadline_ = never;
  for (KeyedPatterns& rule : rules_) {
    rule.advance(watermark, firings);
    next_deadline_ = std::min(next_deadline_, rule.next_deadline());
  }
}

std::size_t Correlator::keys() const {
  std::size_t count = 0;
  for (const KeyedPatterns& rule : rules_) count += rule.size();
  return count;
}

std::size_t Correlator::bytes() const {
  std::size_t sum = 0;
  for (const KeyedPatterns& rule : rules_) sum += rule.bytes();
  return sum;
}

std::vector<SavedKey> Correlator::take_changes() {
  std::vector<SavedKey> changes = std::exchange(gone_, {});
  for (KeyedPatterns& rule : rules_) {
    const CheckedCorrelation& correlation = rule.correlation();
    rule.take_changes([&](const std::string& key, const KeyState* state) {
      changes.push_back(
          {correlation.rule->id.value, key, state == nullptr ? std::string() : save_state(correlation, *state)});
    });
  }
  return changes;
}

std::vector<std::size_t> Correlator::load(std::span<const SavedKey> saved) {
  std::vector<std::size_t> unread;
  std::vector<std::vector<KeyState>> states(rules_.size());
  for (std::size_t i = 0; i < saved.size(); ++i) {
    const SavedKey& one = saved[i];
    const auto rule = std::ranges::find_if(
        rules_, [&](const KeyedPatterns& known) { return known.correlation().rule->id.value == one.rule; });
    auto state = rule == rules_.end() ? std::nullopt : load_state(rule->correlation(), one.state);
    if (state) {
      states[static_cast<std::size_t>(rule - rules_.begin())].push_back(*std::move(state));
    } else {
      unread.push_back(i);
    }
  }
  for (std::size_t i = 0; i < rules_.size(); ++i) restore(rules_[i], std::move(states[i]), false);
  keep_bound();
  return unread;
}

}  // namespace picket
