// Correlation as signals come must say what the definition says that sees them all at once, however the signals are fed
// to it, and whatever is saved and loaded in between.
#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "engine/correlation/batch_model.hpp"
#include "engine/correlation/correlator.hpp"
#include "engine/correlation/match_values.hpp"
#include "engine/frontend/correlation_rule.hpp"
#include "tests/agree/chance.hpp"
#include "tests/catch.hpp"

namespace picket::tests {
namespace {

// A rule made by chance, and what keeps it alive.
struct RandomRule {
  std::shared_ptr<CorrelationRule> written = std::make_shared<CorrelationRule>();
  std::shared_ptr<CheckedPack> pack = std::make_shared<CheckedPack>();
  [[nodiscard]] const CheckedCorrelation& checked() const { return pack->correlations.front(); }
};

RandomRule random_rule(Chance& chance) {
  RandomRule rule;
  rule.written->id.value = "random";
  CheckedCorrelation checked;
  checked.rule = rule.written.get();
  checked.ordered = chance.one_in(2);
  checked.lookback = {static_cast<std::int64_t>(chance.between(2, 25))};
  checked.columns = chance.below(3);
  const std::size_t items = chance.between(1, 4);
  const bool one_rule_twice = chance.one_in(4);
  std::size_t present = 0;
  for (std::size_t i = 0; i < items; ++i) {
    CheckedCorrelation::Item item;
    item.id = "item " + std::to_string(i);
    item.rule = "R" + std::to_string(one_rule_twice ? i % 2 : i);
    item.least = chance.one_in(2) ? 1 : chance.between(1, 3);
    item.absence = !checked.ordered && i > 0 && chance.one_in(3);
    if (item.absence) {
      item.too_many = item.least;
    } else {
      ++present;
      if (chance.one_in(5)) item.too_many = item.least + chance.between(1, 2);
    }
    item.within = {
        static_cast<std::int64_t>(chance.between(0, static_cast<std::size_t>(checked.lookback.microseconds)))};
    for (std::size_t k = 0; k < checked.columns; ++k) {
      const std::string root = chance.one_in(3) ? "p_alert_context" : "nested";
      item.fields.push_back({root, "f" + std::to_string(k)});
    }
    checked.items.push_back(std::move(item));
  }
  checked.needed = checked.ordered || chance.one_in(2) ? present : chance.between(1, present);
  rule.pack->correlations.push_back(std::move(checked));
  return rule;
}

struct RandomSignal {
  std::string rule;
  Time time;
  Value event;
  Value context;
};

Value random_value(Chance& chance) {
  const auto one = [&]() -> Value {
    return chance.one_in(4)   ? Value(static_cast<std::int64_t>(chance.below(2)))
           : chance.one_in(2) ? Value("a")
                              : Value("b");
  };
  if (chance.one_in(6)) return List{one(), one()};
  if (chance.one_in(12)) return nullptr;
  return one();
}

std::vector<RandomSignal> random_signals(Chance& chance, const CheckedCorrelation& rule) {
  std::set<std::string> names;
  for (const auto& item : rule.items) names.insert(item.rule);
  // One signal twice in a Sequence is a matter of arrival if times are equal, which the definition does not see.
  const bool ties = names.size() == rule.items.size();
  std::vector<RandomSignal> signals;
  std::int64_t now = 0;
  const std::size_t count = chance.between(5, 30);
  const std::size_t pace = chance.between(1, 6);
  for (std::size_t i = 0; i < count; ++i) {
    now += static_cast<std::int64_t>((chance.one_in(12) ? chance.below(60) : chance.below(pace + 1)) + (ties ? 0 : 1));
    Object fields;
    for (std::size_t k = 0; k < rule.columns; ++k) fields.set("f" + std::to_string(k), random_value(chance));
    signals.push_back(
        {rule.items[chance.below(rule.items.size())].rule, Time{now}, Object{{"nested", fields}}, fields});
  }
  return signals;
}

// What both engines say of firings, a line for each.
std::string said_of(const std::vector<Firing>& firings) {
  std::vector<std::string> lines;
  for (const Firing& firing : firings) {
    lines.push_back(to_json(List(firing.values)) + " from " + std::to_string(firing.began.microseconds) + " to " +
                    std::to_string(firing.completed.microseconds) + ", decided at " +
                    std::to_string(firing.decided.microseconds) + "\n");
  }
  std::ranges::sort(lines);
  std::string said;
  for (const std::string& line : lines) said += line;
  return said;
}

std::string print(const CheckedCorrelation& rule, const std::vector<RandomSignal>& signals) {
  std::string text = (rule.ordered ? "Sequence" : "Group") + std::string(" lookback ") +
                     std::to_string(rule.lookback.microseconds) + " needed " + std::to_string(rule.needed) + "\n";
  for (const auto& item : rule.items) {
    text += "  " + item.rule + " least " + std::to_string(item.least) + " too many " +
            std::to_string(item.too_many.value_or(0)) + (item.absence ? " absence" : "") + " within " +
            std::to_string(item.within.microseconds) + "\n";
  }
  for (const RandomSignal& signal : signals) {
    text += "  " + std::to_string(signal.time.microseconds) + " " + signal.rule + " " + to_json(signal.context) + "\n";
  }
  return text;
}

std::vector<SignalView> views_of(const std::vector<RandomSignal>& signals) {
  std::vector<SignalView> views;
  for (std::size_t i = 0; i < signals.size(); ++i) {
    views.push_back({signals[i].rule, signals[i].time, i, &signals[i].event, &signals[i].context});
  }
  return views;
}

constexpr Time end_of_time{1'000'000};

std::vector<Firing> stream(const RandomRule& rule, const std::vector<RandomSignal>& signals) {
  Correlator correlator(rule.pack);
  std::vector<Firing> firings;
  for (const SignalView& signal : views_of(signals)) correlator.take(signal, firings);
  correlator.advance(end_of_time, firings);
  CHECK(correlator.keys() == 0);
  return firings;
}

// With watermarks where chance puts them; and every now and then by another correlator, which gets what the first
// saved: all of it, or change by change.
std::vector<Firing> stream_with_breaks(const RandomRule& rule, const std::vector<RandomSignal>& signals,
                                       Chance& chance) {
  CorrelationLimits limits;
  limits.track_changes = true;
  auto correlator = std::make_unique<Correlator>(rule.pack, limits);
  std::map<std::string, SavedKey> kept;
  std::vector<Firing> firings;
  for (const SignalView& signal : views_of(signals)) {
    if (chance.one_in(3)) correlator->advance(signal.time, firings);
    correlator->take(signal, firings);
    if (chance.one_in(3)) correlator->advance(signal.time, firings);
    if (!chance.one_in(4)) continue;
    for (SavedKey& change : correlator->take_changes()) {
      if (change.state.empty()) {
        kept.erase(change.key);
      } else {
        kept.insert_or_assign(change.key, std::move(change));
      }
    }
    std::vector<SavedKey> saved = correlator->save();
    std::vector<SavedKey> by_changes;
    for (const auto& [key, one] : kept) by_changes.push_back(one);
    std::ranges::sort(saved, {}, &SavedKey::key);
    REQUIRE(saved == by_changes);
    correlator = std::make_unique<Correlator>(rule.pack, limits);
    REQUIRE(correlator->load(saved) == 0);
  }
  correlator->advance(end_of_time, firings);
  return firings;
}

// That the signals of a firing are what it says: so many of each item, in their order, within the window.
void check_signals(const Firing& firing, const std::vector<RandomSignal>& signals) {
  const CheckedCorrelation& rule = *firing.correlation;
  REQUIRE(firing.signals.size() == rule.items.size());
  std::int64_t began = firing.completed.microseconds;
  std::int64_t before = 0;
  std::size_t holding = 0;
  for (std::size_t i = 0; i < rule.items.size(); ++i) {
    const auto& marks = firing.signals[i];
    if (marks.empty()) continue;
    ++holding;
    CHECK(marks.size() == rule.items[i].least);
    for (const SignalMark& mark : marks) {
      const RandomSignal& signal = signals[mark.id];
      CHECK(signal.time == mark.time);
      CHECK(signal.rule == rule.items[i].rule);
      const auto keys =
          keys_of_signal(rule.items[i], {signal.rule, signal.time, 0, &signal.event, &signal.context}, 64).keys;
      CHECK(std::ranges::find(keys, firing.values) != keys.end());
      began = std::min(began, mark.time.microseconds);
      if (rule.ordered && i > 0) CHECK(mark.time.microseconds >= before);
    }
    if (rule.ordered && i > 0) CHECK(marks.back().time.microseconds - before <= rule.items[i].within.microseconds);
    before = marks.back().time.microseconds;
    CHECK(before <= firing.completed.microseconds);
  }
  CHECK(holding >= rule.needed);
  CHECK(began == firing.began.microseconds);
  CHECK(firing.completed.microseconds - began <= rule.lookback.microseconds);
}

TEST_CASE("correlation as signals come agrees with its definition") {
  std::size_t fired = 0;
  std::size_t waited = 0;
  std::size_t again = 0;
  for (Origin origin{.test = 0, .number = 0}; origin.number < 20'000; ++origin.number) {
    Chance chance = origin.chance();
    const RandomRule rule = random_rule(chance);
    const auto signals = random_signals(chance, rule.checked());
    INFO(origin.words() << ": " << print(rule.checked(), signals));
    const auto expected = said_of(correlate_all(rule.checked(), views_of(signals)));
    const auto firings = stream(rule, signals);
    REQUIRE(said_of(firings) == expected);
    REQUIRE(said_of(stream_with_breaks(rule, signals, chance)) == expected);
    for (const Firing& firing : firings) check_signals(firing, signals);
    fired += firings.size();
    waited += rule.checked().waits() ? firings.size() : 0;
    for (std::size_t i = 0; i < firings.size(); ++i) {
      again += std::count_if(firings.begin(), firings.begin() + static_cast<std::ptrdiff_t>(i),
                             [&](const Firing& before) { return before.values == firings[i].values; }) > 0
                   ? 1
                   : 0;
    }
  }
  // What never happens is not tested.
  CHECK(fired > 10'000);
  CHECK(waited > 1'000);
  CHECK(again > 1'000);
}

}  // namespace
}  // namespace picket::tests
