// The parts that measure the speed of judging: both shapes, from few rules to many.
#include <algorithm>
#include <stdexcept>

#include "engine/plan/sample.hpp"
#include "tests/bench/parts.hpp"

namespace picket::bench {
namespace {

const Scenario& scenario(std::string_view name) {
  const auto found =
      std::find_if(scenarios().begin(), scenarios().end(), [&](const Scenario& one) { return one.name == name; });
  if (found == scenarios().end()) throw std::logic_error("no such scenario: " + std::string(name));
  return *found;
}

Row growth_row(Bench& bench, const std::string& shape, double most) {
  const double few = bench.speed(shape + "-10").nanoseconds();
  const double many = bench.speed(shape + "-10000").nanoseconds();
  return {shape + "-growth",
          many / few,
          "x",
          at_most(most),
          {{"ns/event with 10 rules", few}, {"ns/event with 10,000", many}}};
}

Row allocation_row(Bench& bench, const std::string& shape, const std::string& name) {
  const Speed& speed = bench.speed(name);
  return {shape + "-allocations",
          speed.allocations,
          "per event",
          at_most(0),
          {{"rules", static_cast<double>(speed.rules)}}};
}

}  // namespace

const std::vector<Scenario>& scenarios() {
  static const std::vector<Scenario> all = {
      {"spread-10", Events::spread, 10, {}},
      {"spread-100", Events::spread, 100, {}},
      {"spread-870", Events::spread, 870, 0.75},
      {"spread-1000", Events::spread, 1000, {}},
      {"spread-10000", Events::spread, 10'000, 0.4},
      {"spread-even-870", Events::spread_even, 870, {}},
      {"spread-even-10000", Events::spread_even, 10'000, {}},
      {"dense-10", Events::dense_half_unique, 10, {}},
      {"dense-100", Events::dense_half_unique, 100, {}},
      {"dense-1000", Events::dense_half_unique, 1000, {}},
      {"dense-10000", Events::dense_half_unique, 10'000, {}},
      {"dense-1400-natural", Events::dense_natural, 1400, 0.45},
      {"dense-1400-half", Events::dense_half_unique, 1400, 0.28},
      {"dense-1400-no-memo", Events::dense_half_unique, 1400, 0.18, false},
      {"dense-3000", Events::dense_half_unique, 3000, 0.28},
      {"keywords-10", Events::dense_half_unique, 10, {}, true, true},
      {"keywords-100", Events::dense_half_unique, 100, {}, true, true},
      {"keywords-1000", Events::dense_half_unique, 1000, {}, true, true},
  };
  return all;
}

std::vector<std::string> rule_texts(Events events, std::size_t count) {
  if (events == Events::spread) return Spread(Attention::typical).rules(count);
  if (events == Events::spread_even) return Spread(Attention::even).rules(count);
  return dense_rules(count);
}

Row speed_row(const std::string& name, const Speed& speed, std::optional<double> least_over_raw) {
  Row row{name, speed.over_raw, "F", {}, {}};
  if (least_over_raw) row.goal = at_least(*least_over_raw);
  row.details = {{"D", speed.over_decoded},
                 {"MB/s", speed.engine},
                 {"MB/s F", speed.raw},
                 {"MB/s D", speed.decoded},
                 {"F's fastest round over its slowest", speed.unrest},
                 {"k events/s", speed.events() / 1000},
                 {"ns/event", speed.nanoseconds()},
                 {"x the interpreter", speed.over_interpreter},
                 {"bytes/event", speed.event_bytes},
                 {"matches/event", speed.matches},
                 {"allocations/event", speed.allocations}};
  return row;
}

const Corpus& Bench::corpus(Events events) {
  const auto found = corpora_.find(events);
  if (found != corpora_.end()) return found->second;
  const std::size_t slices = setting_.rounds() + 2;
  Chance chance(2026);
  if (events == Events::spread || events == Events::spread_even) {
    const Spread spread;
    return corpora_[events] =
               make_corpus(slices, setting_.slice_bytes(), [&](std::string& out) { spread.append_event(out, chance); });
  }
  const Repetition repetition = events == Events::dense_natural ? Repetition::natural : Repetition::half_unique;
  return corpora_[events] = make_corpus(slices, setting_.slice_bytes(),
                                        [&](std::string& out) { append_dense_event(out, repetition, chance); });
}

const Speed& Bench::speed(std::string_view name) {
  const auto found = speeds_.find(name);
  if (found != speeds_.end()) return found->second;
  const Scenario& one = scenario(name);
  // The first slice is what executors are warmed with: no event of it is measured.
  EventSample sample;
  sample.add_lines(corpus(one.events).front().text(), "");
  const std::vector<std::string> texts = one.keywords ? keyword_rules(one.rules) : rule_texts(one.events, one.rules);
  const auto rules = std::make_shared<const RuleSet>(check_texts(texts), &sample);
  SpeedOptions options;
  options.memo = one.memo;
  if (setting_.quick) options.seconds = 0.1;
  if (setting_.quick) options.proof_seconds = 0.2;
  const Speed speed = measure_speed(rules, corpus(one.events), options);
  report_.add(speed_row(one.name, speed, one.least_over_raw));
  return speeds_[one.name] = speed;
}

std::vector<Part> speed_parts() {
  std::vector<Part> parts;
  for (const Scenario& one : scenarios()) {
    parts.push_back({one.name, [name = one.name](Bench& bench) { (void)bench.speed(name); }});
  }
  parts.push_back({"spread-growth", [](Bench& bench) { bench.report().add(growth_row(bench, "spread", 4)); }});
  parts.push_back({"dense-growth", [](Bench& bench) { bench.report().add(growth_row(bench, "dense", 7)); }});
  parts.push_back({"dense-interpreter", [](Bench& bench) {
                     const double times = bench.speed("dense-1000").over_interpreter;
                     bench.report().add({"dense-interpreter", times, "x", at_least(150), {{"rules", 1000}}});
                   }});
  parts.push_back(
      {"spread-allocations", [](Bench& bench) { bench.report().add(allocation_row(bench, "spread", "spread-870")); }});
  parts.push_back({"dense-allocations",
                   [](Bench& bench) { bench.report().add(allocation_row(bench, "dense", "dense-1400-half")); }});
  return parts;
}

}  // namespace picket::bench
