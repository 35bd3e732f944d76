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
#include "tests/sanitized.hpp"

namespace picket::tests {
namespace {

// A rule made by chance, and what keeps it alive.
struct RandomRule {
  std::shared_ptr<CorrelationRule> written = std::make_shared<CorrelationRule>();
  std::shared_ptr<CheckedPack> pack = std::make_shared<CheckedPack>();
  [[nodiscard]] const CheckedCorrelation& checked() const { return pack->correlations.front(); }
};

RandomRule begun_rule(Chance& chance) {
  RandomRule rule;
  rule.written->id.value = "random";
  CheckedCorrelation checked;
  checked.rule = rule.written.get();
  checked.lookback = {static_cast<std::int64_t>(chance.between(2, 25))};
  checked.columns = chance.below(3);
  checked.as_texts = chance.one_in(2);
  for (std::size_t k = 0; k < checked.columns; ++k) checked.column_names.push_back("f" + std::to_string(k));
  rule.pack->correlations.push_back(std::move(checked));
  return rule;
}

SignalSource random_source(Chance& chance, std::string name, std::size_t columns) {
  SignalSource source{std::move(name), {}, {}};
  for (std::size_t k = 0; k < columns; ++k) {
    const std::string root = chance.one_in(3) ? "p_alert_context" : "nested";
    source.fields.push_back({{root, "f" + std::to_string(k)}});
    if (chance.one_in(4)) source.fields.back().push_back({"nested", "other"});
  }
  return source;
}

// A formula over items that are no absences, every one of them at most three times.
Requirement random_requirement(Chance& chance, const std::vector<std::size_t>& present, std::size_t depth) {
  if (depth == 0 || chance.one_in(3)) {
    return {Requirement::Kind::item, present[chance.below(present.size())], {}};
  }
  Requirement requirement{chance.one_in(2) ? Requirement::Kind::all : Requirement::Kind::any, 0, {}};
  const std::size_t parts = chance.between(1, 3);
  for (std::size_t i = 0; i < parts; ++i) {
    requirement.parts.push_back(random_requirement(chance, present, depth - 1));
  }
  return requirement;
}

// Items that must be there, or must not.
RandomRule random_rule(Chance& chance) {
  RandomRule rule = begun_rule(chance);
  CheckedCorrelation& checked = rule.pack->correlations.front();
  checked.ordered = chance.one_in(2);
  const std::size_t items = chance.between(1, 4);
  const bool one_rule_twice = chance.one_in(4);
  std::vector<std::size_t> present;
  for (std::size_t i = 0; i < items; ++i) {
    CheckedCorrelation::Item item;
    item.id = "item " + std::to_string(i);
    const std::string name = "R" + std::to_string(one_rule_twice ? i % 2 : i);
    item.sources.push_back(random_source(chance, name, checked.columns));
    item.least = chance.one_in(2) ? 1 : chance.between(1, 3);
    // Those of a Sequence are its last items.
    item.absence = i > 0 && (chance.one_in(3) || (checked.ordered && checked.items.back().absence));
    if (item.absence) {
      item.too_many = item.least;
    } else {
      present.push_back(i);
      if (chance.one_in(5)) item.too_many = item.least + chance.between(1, 2);
    }
    item.within = {
        static_cast<std::int64_t>(chance.between(0, static_cast<std::size_t>(checked.lookback.microseconds)))};
    checked.items.push_back(std::move(item));
  }
  checked.needed = checked.ordered || chance.one_in(2) ? present.size() : chance.between(1, present.size());
  if (!checked.ordered && chance.one_in(3)) checked.requirement = random_requirement(chance, present, 3);
  return rule;
}

// One item of several rules, whose signals or values are counted, or whose numbers are measured.
RandomRule random_measuring_rule(Chance& chance) {
  RandomRule rule = begun_rule(chance);
  CheckedCorrelation& checked = rule.pack->correlations.front();
  CheckedCorrelation::Item& item = checked.items.emplace_back();
  item.id = "signals";
  const std::size_t rules = chance.between(1, 3);
  for (std::size_t i = 0; i < rules; ++i) {
    item.sources.push_back(random_source(chance, "R" + std::to_string(i), checked.columns));
  }
  const auto kind = measure_kinds[chance.below(measure_kinds.size())];
  item.distinct = kind == MeasureKind::distinct;
  if (counts(kind)) {
    item.least = chance.between(1, 4);
    if (chance.one_in(2)) item.too_many = item.least + chance.between(1, 3);
    if (item.too_many && chance.one_in(2)) item.enough = *item.too_many + 1;
  } else {
    checked.measure = Measure{kind, static_cast<double>(chance.between(1, 100)), {}};
    const std::size_t bounds = chance.between(1, 2);
    for (std::size_t i = 0; i < bounds; ++i) {
      const double number = static_cast<double>(chance.below(20)) / 2 - 1;
      checked.measure->bounds.push_back({relations[chance.below(relations.size())], number, {}});
    }
  }
  if (kind == MeasureKind::count) return rule;
  for (SignalSource& source : item.sources) {
    source.measured.push_back({{"nested", "measured"}});
    if (item.distinct && chance.one_in(3)) source.measured.push_back({{"nested", "f0"}, {"nested", "other"}});
  }
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
           : chance.one_in(2) ? Value(chance.one_in(3) ? "A" : "a")
                              : Value(chance.one_in(3) ? "1" : "b");
  };
  if (chance.one_in(6)) return List{one(), one()};
  if (chance.one_in(12)) return nullptr;
  return one();
}

Value random_measured(Chance& chance) {
  const auto number = static_cast<std::int64_t>(chance.below(8));
  if (chance.one_in(8)) return chance.one_in(2) ? Value("none") : Value();
  if (chance.one_in(8)) return List{number - 2, "6"};
  return chance.one_in(4) ? Value(std::to_string(number)) : Value(number);
}

std::vector<RandomSignal> random_signals(Chance& chance, const CheckedCorrelation& rule) {
  std::set<std::string> names;
  std::size_t places = 0;
  for (const auto& item : rule.items) {
    for (const SignalSource& source : item.sources) {
      names.insert(source.rule);
      ++places;
    }
  }
  // One signal twice in a Sequence is a matter of arrival if times are equal, which the definition does not see.
  const bool ties = names.size() == places;
  const std::vector<std::string> rules(names.begin(), names.end());
  std::vector<RandomSignal> signals;
  std::int64_t now = 0;
  const std::size_t count = chance.between(5, 30);
  const std::size_t pace = chance.between(1, 6);
  for (std::size_t i = 0; i < count; ++i) {
    now += static_cast<std::int64_t>((chance.one_in(12) ? chance.below(60) : chance.below(pace + 1)) + (ties ? 0 : 1));
    Object fields;
    for (std::size_t k = 0; k < rule.columns; ++k) fields.set("f" + std::to_string(k), random_value(chance));
    Object nested = fields;
    if (chance.one_in(3)) nested.set("other", random_value(chance));
    nested.set("measured", random_measured(chance));
    signals.push_back({rules[chance.below(rules.size())], Time{now}, Object{{"nested", nested}}, fields});
  }
  return signals;
}

std::string text_of(const std::vector<Value>& key, const CheckedCorrelation& rule) {
  std::string text;
  for (const Value& value : key) append_key(text, value, rule.as_texts);
  return text;
}

// What both engines say of firings, a line for each.
std::string said_of(const std::vector<Firing>& firings) {
  std::vector<std::string> lines;
  for (const Firing& firing : firings) {
    // Of values that count as one either may be told.
    std::string key = text_of(firing.values, *firing.correlation);
    if (firing.measured) key += " of " + to_json(*firing.measured);
    lines.push_back(key + (firing.waited ? " waited" : "") + " from " + std::to_string(firing.began.microseconds) +
                    " to " + std::to_string(firing.completed.microseconds) + ", decided at " +
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
  if (rule.measure) {
    text += std::string(spelling(rule.measure->kind)) + " " + to_json(rule.measure->percentile);
    for (const MeasureBound& bound : rule.measure->bounds) {
      text += " " + std::string(spelling(bound.relation)) + " " + to_json(bound.number);
    }
    text += "\n";
  }
  for (const auto& item : rule.items) {
    text += " ";
    for (const SignalSource& source : item.sources) text += " " + source.rule;
    text += std::string(item.distinct ? " distinct" : "") + " enough " + std::to_string(item.enough.value_or(0));
    text += " least " + std::to_string(item.least) + " too many " + std::to_string(item.too_many.value_or(0)) +
            (item.absence ? " absence" : "") + " within " + std::to_string(item.within.microseconds) + "\n";
  }
  for (const RandomSignal& signal : signals) {
    text += "  " + std::to_string(signal.time.microseconds) + " " + signal.rule + " " + to_json(signal.event) + "\n";
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
// saved, change by change; or under the same rules, adopted anew.
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
    if (chance.one_in(4)) correlator->adopt(rule.pack);
    if (!chance.one_in(4)) continue;
    for (SavedKey& change : correlator->take_changes()) {
      if (change.state.empty()) {
        kept.erase(change.key);
      } else {
        kept.insert_or_assign(change.key, std::move(change));
      }
    }
    std::vector<SavedKey> saved;
    for (const auto& [key, one] : kept) saved.push_back(one);
    REQUIRE(saved.size() == correlator->keys());
    correlator = std::make_unique<Correlator>(rule.pack, limits);
    REQUIRE(correlator->load(saved).empty());
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
    if (rule.measure) {
      CHECK_FALSE(marks.empty());
    } else {
      CHECK((marks.size() == rule.items[i].least || marks.size() == rule.items[i].enough));
    }
    for (const SignalMark& mark : marks) {
      const RandomSignal& signal = signals[mark.id];
      CHECK(signal.time == mark.time);
      const auto& sources = rule.items[i].sources;
      const auto source = std::ranges::find(sources, signal.rule, &SignalSource::rule);
      REQUIRE(source != sources.end());
      const SignalView view{signal.rule, signal.time, 0, &signal.event, &signal.context};
      const auto keys = keys_of_signal(*source, rule.as_texts, view, 64).keys;
      CHECK(std::ranges::any_of(keys,
                                [&](const auto& key) { return text_of(key, rule) == text_of(firing.values, rule); }));
      began = std::min(began, mark.time.microseconds);
      if (rule.ordered && i > 0) CHECK(mark.time.microseconds >= before);
    }
    if (rule.ordered && i > 0) CHECK(marks.back().time.microseconds - before <= rule.items[i].within.microseconds);
    before = marks.back().time.microseconds;
    CHECK(before <= firing.completed.microseconds);
  }
  if (!rule.requirement) CHECK(holding >= rule.needed);
  CHECK(began == firing.began.microseconds);
  CHECK(firing.completed.microseconds - began <= rule.lookback.microseconds);
}

constexpr std::uint64_t rounds = sanitized ? 4'000 : 20'000;  // of random rules, each with its signals

struct Asked {
  std::size_t fired = 0;
  std::size_t waited = 0;
  std::size_t again = 0;
};

Asked agree(std::uint64_t test, RandomRule (*random)(Chance&)) {
  auto [fired, waited, again] = Asked{};
  for (Origin origin{.test = test, .number = 0}; origin.number < rounds; ++origin.number) {
    Chance chance = origin.chance();
    const RandomRule rule = random(chance);
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
  return {fired, waited, again};
}

// What never happens is not tested.
TEST_CASE("correlation as signals come agrees with its definition") {
  const Asked tally = agree(0, random_rule);
  CHECK(tally.fired > rounds / 2);
  CHECK(tally.waited > rounds / 20);
  CHECK(tally.again > rounds / 20);
}

// --- chains ---

// A rule over the firings of the first one of the pack, and the signals of `Z`.
void add_outer(RandomRule& inner, std::shared_ptr<CorrelationRule>& written, Chance& chance) {
  written = std::make_shared<CorrelationRule>();
  written->id.value = "outer";
  CheckedCorrelation outer;
  outer.rule = written.get();
  outer.lookback = {static_cast<std::int64_t>(chance.between(2, 40))};
  outer.columns = std::min<std::size_t>(inner.checked().columns, chance.below(2));
  outer.as_texts = inner.checked().as_texts;
  if (outer.columns == 1) outer.column_names = {"f0"};
  const auto source = [&](const std::string& rule) {
    SignalSource made{rule, {}, {}};
    if (outer.columns == 1) made.fields = {rule == "Z" ? FieldChoice{{"nested", "f0"}} : FieldChoice{{"f0"}}};
    return made;
  };
  CheckedCorrelation::Item firings;
  firings.id = "firings";
  firings.sources = {source("random")};
  firings.least = chance.between(1, 2);
  firings.within = outer.lookback;
  CheckedCorrelation::Item signals = firings;
  signals.id = "signals";
  signals.sources = {source("Z")};
  signals.absence = chance.one_in(3);
  if (signals.absence) signals.too_many = signals.least;
  outer.ordered = chance.one_in(2);
  outer.needed = signals.absence ? 1 : 2;
  outer.items = {std::move(firings), std::move(signals)};
  if (!outer.items[1].absence && chance.one_in(2)) std::swap(outer.items[0], outer.items[1]);
  // The outer one may stand before or behind the other.
  auto& correlations = inner.pack->correlations;
  correlations.insert(chance.one_in(2) ? correlations.begin() : correlations.end(), std::move(outer));
}

// What the definition says of the outer rule, whose signals are what it says of the inner one, too.
std::vector<Firing> chained_model(const CheckedCorrelation& inner, const CheckedCorrelation& outer,
                                  const std::vector<SignalView>& signals) {
  std::vector<Firing> fired = correlate_all(inner, signals);
  std::ranges::stable_sort(fired, {}, &Firing::decided);
  std::vector<Value> events;
  for (const Firing& firing : fired) events.push_back(event_of(firing));
  std::vector<SignalView> all = signals;
  for (std::size_t i = 0; i < fired.size(); ++i) {
    all.push_back({.rule = "random", .time = fired[i].decided, .id = 0, .event = &events[i]});
  }
  std::ranges::stable_sort(all, {}, &SignalView::time);
  return correlate_all(outer, all);
}

TEST_CASE("firings that are signals of another rule agree with the definition") {
  std::size_t fired = 0;
  std::size_t waited = 0;
  for (Origin origin{.test = 2, .number = 0}; origin.number < rounds; ++origin.number) {
    Chance chance = origin.chance();
    RandomRule rule = chance.one_in(2) ? random_rule(chance) : random_measuring_rule(chance);
    const std::vector<RandomSignal> inner_signals = random_signals(chance, rule.checked());
    std::shared_ptr<CorrelationRule> written;
    add_outer(rule, written, chance);
    const auto& correlations = rule.pack->correlations;
    const bool outer_first = correlations.front().rule == written.get();
    const CheckedCorrelation& inner = correlations[outer_first ? 1 : 0];
    const CheckedCorrelation& outer = correlations[outer_first ? 0 : 1];
    // No two signals of one time: then firings have their place among the others.
    std::vector<RandomSignal> signals;
    std::int64_t late = 0;
    for (const RandomSignal& signal : inner_signals) {
      signals.push_back(signal);
      signals.back().time.microseconds += late++;
      if (!chance.one_in(2)) continue;
      signals.push_back(signals.back());
      signals.back().rule = "Z";
      signals.back().time.microseconds += 1;
      ++late;
    }
    INFO(origin.words() << ": " << print(inner, signals) << print(outer, {}));
    std::vector<Firing> firings = stream(rule, signals);
    std::erase_if(firings, [&](const Firing& firing) { return firing.correlation != &outer; });
    for (Firing& firing : firings) {
      waited += firing.waited ? 1 : 0;
      firing.waited = firing.decided != firing.completed;  // or the inner one did
    }
    std::vector<Firing> expected = chained_model(inner, outer, views_of(signals));
    for (Firing& firing : expected) firing.waited = firing.decided != firing.completed;
    REQUIRE(said_of(firings) == said_of(expected));
    fired += firings.size();
  }
  CHECK(fired > rounds / 4);
  CHECK(waited > rounds / 40);
}

TEST_CASE("counts, values and numbers as signals come agree with their definition") {
  const Asked tally = agree(1, random_measuring_rule);
  CHECK(tally.fired > rounds / 2);
  CHECK(tally.waited > rounds / 20);
  CHECK(tally.again > rounds / 20);
}

}  // namespace
}  // namespace picket::tests
