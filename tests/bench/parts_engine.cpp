// The parts that measure what else the engine does: getting ready, and working in two threads.
#include <unistd.h>
#include <algorithm>
#include <thread>

#include "tests/bench/measure.hpp"
#include "tests/bench/parts.hpp"

namespace picket::bench {
namespace {

constexpr std::size_t many_rules = 10'000;

// From checked rules to an executor that has judged its first event, so that nothing is left for later.
void measure_compile(Bench& bench, const std::string& shape, Events events) {
  const CheckedPackPtr pack = check_texts(rule_texts(events, many_rules));
  const Corpus& corpus = bench.corpus(events);
  const std::string_view first = lines_of(corpus[0].blocks()[0])[0];
  const double before = resident_bytes();
  std::unique_ptr<Executor> executor;
  const Cost cost = cost_of([&] {
    executor = make_executor(std::make_shared<const RuleSet>(pack));
    (void)executor->judge(first, judging_time);
  });
  const double ready = resident_bytes();
  (void)judge_blocks(*executor, std::span(corpus[0].blocks()).first(bench.setting().quick ? 1 : 4));
  const double warm = resident_bytes();
  bench.report().add(
      {shape + "-compile", cost.wall, "s", at_most(2), {{"rules", many_rules}, {"s of this thread", cost.cpu}}});
  bench.report().add(
      {shape + "-memory", (ready - before) / 1e6, "MB", at_most(300), {{"MB when warm", (warm - before) / 1e6}}});
}

using Blocks = std::span<const std::string_view>;

// Seconds on the wall from the start of the threads to the end of the last one.
double wall_of(const std::vector<std::pair<Executor*, Blocks>>& work) {
  return cost_of([&] {
           std::vector<std::jthread> threads;
           for (const auto& [executor, blocks] : work) {
             threads.emplace_back([executor = executor, blocks = blocks] { (void)judge_blocks(*executor, blocks); });
           }
         })
      .wall;
}

void measure_threads(Bench& bench, const std::string& shape, Events events, std::size_t rules_count) {
  const auto rules = std::make_shared<const RuleSet>(check_texts(rule_texts(events, rules_count)));
  const auto first = make_executor(rules);
  const auto second = make_executor(rules);
  const Corpus& corpus = bench.corpus(events);
  const Blocks warming(corpus[0].blocks());
  const double block = wall_of({{first.get(), warming.first(1)}, {second.get(), warming.first(1)}});
  const std::size_t affordable = 2 * (1 + static_cast<std::size_t>(0.2 / block));
  (void)wall_of({{first.get(), warming.first(std::min(affordable, warming.size()))},
                 {second.get(), warming.first(std::min(affordable, warming.size()))}});
  std::vector<double> ratios;
  for (std::size_t i = 1; i + 1 < corpus.size(); ++i) {
    // Events that neither has seen, for each way of working: the halves of a slice by turns, then whole.
    const Blocks all = Blocks(corpus[i].blocks()).first(std::min(affordable, corpus[i].blocks().size()) / 2 * 2);
    const std::size_t half = all.size() / 2;
    const double two = wall_of({{first.get(), all.first(half)}, {second.get(), all.last(half)}});
    const double one = wall_of({{first.get(), all.first(half)}}) + wall_of({{second.get(), all.last(half)}});
    const double again = wall_of({{first.get(), all.first(half)}, {second.get(), all.last(half)}});
    ratios.push_back(one / ((two + again) / 2));
  }
  bench.report().add(
      {shape + "-threads", median(ratios), "x", at_least(1.8), {{"rules", static_cast<double>(rules_count)}}});
}

}  // namespace

std::vector<Part> compile_parts() {
  return {{"spread-compile", [](Bench& bench) { measure_compile(bench, "spread", Events::spread); }},
          {"dense-compile", [](Bench& bench) { measure_compile(bench, "dense", Events::dense_half_unique); }}};
}

std::vector<Part> thread_parts() {
  return {{"spread-threads", [](Bench& bench) { measure_threads(bench, "spread", Events::spread, 870); }},
          {"dense-threads", [](Bench& bench) { measure_threads(bench, "dense", Events::dense_natural, 1400); }}};
}

}  // namespace picket::bench
