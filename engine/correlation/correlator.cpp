#include "engine/correlation/correlator.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "engine/correlation/match_values.hpp"
#include "engine/frontend/correlation_rule.hpp"

namespace picket {
namespace {

constexpr Time never_yet{std::numeric_limits<std::int64_t>::min()};
constexpr Time never{std::numeric_limits<std::int64_t>::max()};

}  // namespace

Correlator::Correlator(std::shared_ptr<const CheckedPack> pack, const CorrelationLimits& limits)
    : pack_(std::move(pack)), limits_(limits), latest_(never_yet), next_deadline_(never) {
  for (const CheckedCorrelation& correlation : pack_->correlations) {
    if (!correlation.rule->enabled) continue;
    for (std::size_t i = 0; i < correlation.items.size(); ++i) {
      items_of_rule_[correlation.items[i].rule].push_back({rules_.size(), i});
    }
    rules_.emplace_back(correlation, std::max<std::size_t>(limits_.keys, 1), limits_.track_changes, counts_);
  }
  // A signal of a rule that stands at several items of a Sequence must not follow upon itself: later items take it
  // first.
  for (auto& [rule, places] : items_of_rule_) std::ranges::reverse(places);
}

void Correlator::take(const SignalView& signal, std::vector<Firing>& firings) {
  const auto places = items_of_rule_.find(std::string(signal.rule));
  if (places == items_of_rule_.end()) return;
  if (signal.time < latest_) ++counts_.late;
  latest_ = std::max(latest_, signal.time);
  if (next_deadline_ < latest_) advance(latest_, firings);
  ++counts_.signals;
  for (const Place& place : places->second) {
    KeyedPatterns& rule = rules_[place.rule];
    SignalKeys keys = keys_of_signal(rule.correlation().items[place.item], signal, limits_.keys_per_signal);
    if (keys.keys.empty()) ++counts_.valueless;
    if (keys.cut) ++counts_.cut;
    for (std::vector<Value>& values : keys.keys) rule.take(place.item, std::move(values), {latest_, signal.id});
  }
  for (const Place& place : places->second) {
    rules_[place.rule].settle(firings);
    next_deadline_ = std::min(next_deadline_, rules_[place.rule].next_deadline());
  }
}

void Correlator::advance(Time watermark, std::vector<Firing>& firings) {
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

std::vector<SavedKey> Correlator::save() const {
  std::vector<SavedKey> saved;
  for (const KeyedPatterns& rule : rules_) {
    const CheckedCorrelation& correlation = rule.correlation();
    rule.for_each([&](const std::string& key, const KeyState& state) {
      saved.push_back({correlation.rule->id.value, key, save_state(correlation, state)});
    });
  }
  return saved;
}

std::vector<SavedKey> Correlator::take_changes() {
  std::vector<SavedKey> changes;
  for (KeyedPatterns& rule : rules_) {
    const CheckedCorrelation& correlation = rule.correlation();
    rule.take_changes([&](const std::string& key, const KeyState* state) {
      changes.push_back(
          {correlation.rule->id.value, key, state == nullptr ? std::string() : save_state(correlation, *state)});
    });
  }
  return changes;
}

std::size_t Correlator::load(std::span<const SavedKey> saved) {
  std::size_t unread = 0;
  std::vector<std::vector<KeyState>> states(rules_.size());
  for (const SavedKey& one : saved) {
    const auto rule = std::ranges::find_if(
        rules_, [&](const KeyedPatterns& known) { return known.correlation().rule->id.value == one.rule; });
    auto state = rule == rules_.end() ? std::nullopt : load_state(rule->correlation(), one.state);
    if (state) {
      states[static_cast<std::size_t>(rule - rules_.begin())].push_back(*std::move(state));
    } else {
      ++unread;
    }
  }
  for (std::size_t i = 0; i < rules_.size(); ++i) {
    std::ranges::sort(states[i], {}, [](const KeyState& state) { return state.pattern.latest(); });
    for (KeyState& state : states[i]) {
      latest_ = std::max(latest_, state.pattern.latest());
      rules_[i].restore(std::move(state));
    }
    next_deadline_ = std::min(next_deadline_, rules_[i].next_deadline());
  }
  return unread;
}

}  // namespace picket
