// The part that measures correlation: signals of many keys through one rule of each form.
#include <array>
#include <limits>
#include <memory>
#include <string>

#include "engine/correlation/correlator.hpp"
#include "engine/frontend/correlation_rule.hpp"
#include "tests/bench/chance.hpp"
#include "tests/bench/measure.hpp"
#include "tests/bench/parts.hpp"

namespace picket::bench {
namespace {

constexpr double goal = 200'000;  // signals a second on one core
constexpr std::size_t key_count = 100'000;

enum class Form { group, absence, sequence };

struct Correlation {
  std::unique_ptr<CorrelationRule> written = std::make_unique<CorrelationRule>();
  std::shared_ptr<CheckedPack> pack = std::make_shared<CheckedPack>();
};

// Two rules, three signals of the first and one of the second, in an hour, of one user.
Correlation correlation_of(Form form) {
  Correlation correlation;
  correlation.written->id.value = "Bench";
  CheckedCorrelation checked;
  checked.rule = correlation.written.get();
  checked.ordered = form == Form::sequence;
  checked.lookback = {60 * microseconds_per_minute};
  checked.columns = 1;
  const std::vector<PathStep> user = {"userIdentity", "userName"};
  checked.items.resize(2);
  checked.items[0].sources = {{"A", {{user}}, {}}};
  checked.items[0].least = 3;
  checked.items[1].sources = {{"B", {{user}}, {}}};
  for (CheckedCorrelation::Item& item : checked.items) item.within = checked.lookback;
  if (form == Form::absence) {
    checked.items[1].absence = true;
    checked.items[1].too_many = 1;
  }
  checked.needed = form == Form::absence ? 1 : 2;
  correlation.pack->correlations.push_back(std::move(checked));
  return correlation;
}

void measure(Bench& bench, const std::string& name, Form form) {
  const std::size_t count = bench.setting().quick ? 100'000 : 1'000'000;
  const Correlation correlation = correlation_of(form);
  std::vector<Value> events;
  for (std::size_t i = 0; i < key_count; ++i) {
    events.emplace_back(Object{{"p_log_type", "AWS.CloudTrail"},
                               {"eventName", "ConsoleLogin"},
                               {"userIdentity", Object{{"userName", "user-" + std::to_string(i)}}}});
  }
  Chance chance(1);
  std::vector<std::pair<std::size_t, bool>> order;  // whose, and whether of the second rule
  for (std::size_t i = 0; i < count; ++i) order.emplace_back(chance.below(key_count), chance.one_in(4));

  const double before = resident_bytes();
  CorrelationLimits limits;
  limits.bytes = std::numeric_limits<std::size_t>::max();
  Correlator correlator(correlation.pack, limits);
  std::vector<Firing> firings;
  std::size_t fired = 0;
  const auto take_all = [&] {
    for (std::size_t i = 0; i < count; ++i) {
      const auto [key, second] = order[i];
      // Two hours in all: windows pass, and what waited in them is decided.
      const Time now{static_cast<std::int64_t>(i) * 120 * microseconds_per_minute / static_cast<std::int64_t>(count)};
      correlator.take({second ? "B" : "A", now, i, &events[key], nullptr}, firings);
      fired += firings.size();
      firings.clear();
    }
  };
  const Cost cost = cost_of(take_all);
  const double memory = resident_bytes() - before;
  bench.report().add({name,
                      static_cast<double>(count) / cost.cpu,
                      "signals/s",
                      at_least(goal),
                      {{"keys", static_cast<double>(correlator.keys())},
                       {"bytes a key", memory / static_cast<double>(correlator.keys())},
                       {"firings", static_cast<double>(fired)}}});
}

// Signals of few keys, each with 2,000 values in its window.
void measure_values(Bench& bench, const std::string& name, MeasureKind kind) {
  constexpr std::size_t user_count = 50;
  constexpr std::size_t value_count = 2'000;
  const std::size_t count = bench.setting().quick ? 100'000 : 1'000'000;
  Correlation correlation = correlation_of(Form::group);
  CheckedCorrelation& checked = correlation.pack->correlations.front();
  checked.items.resize(1);
  checked.needed = 1;
  checked.items[0].sources.front().measured = {{{"sourcePort"}}};
  if (kind == MeasureKind::distinct) {
    checked.items[0].distinct = true;
    checked.items[0].least = 1'700;
  } else {
    checked.measure = Measure{kind, 95, {{Relation::above, 0.9 * value_count, {}}}};
  }
  checked.as_texts = true;
  std::vector<Value> events;
  for (std::size_t i = 0; i < user_count * value_count; ++i) {
    events.emplace_back(Object{{"sourcePort", static_cast<std::int64_t>(i / user_count)},
                               {"userIdentity", Object{{"userName", "user-" + std::to_string(i % user_count)}}}});
  }
  Chance chance(1);
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < count; ++i) order.push_back(chance.below(events.size()));
  Correlator correlator(correlation.pack);
  std::vector<Firing> firings;
  std::size_t fired = 0;
  // So fast that each key has some 4,000 signals in an hour.
  const Cost cost = cost_of([&] {
    for (std::size_t i = 0; i < count; ++i) {
      const Time now{static_cast<std::int64_t>(i) * 60 * microseconds_per_minute /
                     static_cast<std::int64_t>(2 * events.size())};
      correlator.take({.rule = "A", .time = now, .id = i, .event = &events[order[i]]}, firings);
      fired += firings.size();
      firings.clear();
    }
  });
  bench.report().add({name,
                      static_cast<double>(count) / cost.cpu,
                      "signals/s",
                      at_least(goal),
                      {{"keys", static_cast<double>(correlator.keys())}, {"firings", static_cast<double>(fired)}}});
}

}  // namespace

std::vector<Part> correlation_parts() {
  return {
      {"correlation-values", [](Bench& bench) { measure_values(bench, "correlation-values", MeasureKind::distinct); }},
      {"correlation-sum", [](Bench& bench) { measure_values(bench, "correlation-sum", MeasureKind::sum); }},
      {"correlation-percentile",
       [](Bench& bench) { measure_values(bench, "correlation-percentile", MeasureKind::percentile); }},
      {"correlation-group", [](Bench& bench) { measure(bench, "correlation-group", Form::group); }},
      {"correlation-absence", [](Bench& bench) { measure(bench, "correlation-absence", Form::absence); }},
      {"correlation-sequence", [](Bench& bench) { measure(bench, "correlation-sequence", Form::sequence); }}};
}

}  // namespace picket::bench
