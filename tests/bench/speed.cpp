#include "tests/bench/speed.hpp"

#include <algorithm>
#include <span>
#include <stdexcept>
#include <vector>

#include "tests/bench/measure.hpp"
#include "tests/bench/yardstick.hpp"

namespace picket::bench {
namespace {

struct Round {
  double raw = 0;  // seconds
  double decoded = 0;
  double engine = 0;
  double bytes = 0;
  Tally tally;
};

std::span<const std::string_view> first_blocks(const Slice& slice, std::size_t count) {
  return std::span(slice.blocks()).first(std::min(count, slice.blocks().size()));
}

// As many as the executor judges in so many seconds; one at least.
std::size_t affordable_blocks(Executor& executor, const Slice& slice, double seconds) {
  const double first = cost_of([&] { (void)judge_blocks(executor, first_blocks(slice, 1)); }).cpu;
  return 1 + static_cast<std::size_t>(seconds / std::max(first, 1e-6));
}

Round measure_round(Executor& executor, std::span<const std::string_view> blocks, std::string_view text) {
  Round round;
  round.bytes = static_cast<double>(text.size());
  std::size_t values = walk_raw(text);  // so that every contestant finds the bytes as near as the others do
  round.raw = cost_of([&] { values += walk_raw(text); }).cpu;
  round.decoded = cost_of([&] { values -= walk_decoded(text); }).cpu;
  round.engine = cost_of([&] { round.tally = judge_blocks(executor, blocks); }).cpu;
  if (values == 0) throw std::runtime_error("no values");
  return round;
}

double median_of(const std::vector<Round>& rounds, const auto& figure) {
  std::vector<double> figures;
  for (const Round& round : rounds) figures.push_back(figure(round));
  return median(figures);
}

}  // namespace

Speed measure_speed(const RuleSetPtr& rules, const Corpus& corpus, const SpeedOptions& options) {
  const auto executor = make_executor(rules, options.log_type, options.memo);
  const std::size_t most = affordable_blocks(*executor, corpus[0], options.seconds);
  const auto warming = first_blocks(corpus[0], most);
  (void)judge_blocks(*executor, warming);
  const Interpreted proof =
      prove_agreement(*executor, rules, corpus[0].text(warming.size()), options.log_type, options.proof_seconds);

  std::vector<Round> rounds;
  Tally tally;
  double bytes = 0;
  for (std::size_t i = 1; i + 1 < corpus.size(); ++i) {
    const auto blocks = first_blocks(corpus[i], most);
    rounds.push_back(measure_round(*executor, blocks, corpus[i].text(blocks.size())));
    tally.events += rounds.back().tally.events;
    tally.matches += rounds.back().tally.matches;
    bytes += rounds.back().bytes;
  }
  const auto last = first_blocks(corpus.back(), most);

  Speed speed;
  speed.rules = rules->rules().size();
  speed.event_bytes = bytes / static_cast<double>(tally.events);
  speed.matches = static_cast<double>(tally.matches) / static_cast<double>(tally.events);
  speed.engine = median_of(rounds, [](const Round& round) { return round.bytes / 1e6 / round.engine; });
  speed.raw = median_of(rounds, [](const Round& round) { return round.bytes / 1e6 / round.raw; });
  speed.decoded = median_of(rounds, [](const Round& round) { return round.bytes / 1e6 / round.decoded; });
  const auto [fastest, slowest] = std::minmax_element(
      rounds.begin(), rounds.end(), [](const Round& a, const Round& b) { return a.raw / a.bytes < b.raw / b.bytes; });
  speed.unrest = slowest->raw / slowest->bytes / (fastest->raw / fastest->bytes);
  speed.over_raw = median_of(rounds, [](const Round& round) { return round.raw / round.engine; });
  speed.over_decoded = median_of(rounds, [](const Round& round) { return round.decoded / round.engine; });
  speed.over_interpreter = speed.engine / (static_cast<double>(proof.bytes) / 1e6 / proof.seconds);
  speed.allocations = allocations_per_event(*executor, last);
  return speed;
}

}  // namespace picket::bench
