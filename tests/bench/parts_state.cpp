// The parts that measure what is known of the past: its memory, and what it costs to write it down.
#include <fstream>
#include <memory>
#include <string>

#include "engine/state/window_table.hpp"
#include "tests/bench/chance.hpp"
#include "tests/bench/generate.hpp"
#include "tests/bench/measure.hpp"
#include "tests/bench/parts.hpp"
#include "tests/bench/yardstick.hpp"

namespace picket::bench {
namespace {

namespace fs = std::filesystem;

// Alerts of ten million dedup strings, no two the same, within the memory that `picket run` allows its windows unless
// told otherwise: what the table takes by its own count, and what the process has come to take.
void measure_dedup_keys(Bench& bench) {
  const std::size_t keys = bench.setting().quick ? 200'000 : 10'000'000;
  auto facts = std::make_shared<RuleFacts>();
  facts->id = "AWS.Console.LoginFailures";
  facts->dedup_period = {60 * microseconds_per_minute};
  WindowTable table;
  std::size_t alerts = 0;
  double most = 0;
  const double before = resident_bytes();
  const TakeAlert count = [&alerts](const Alert& alert) { alerts += alert.status == AlertStatus::created ? 1 : 0; };
  const auto take_all = [&] {
    for (std::size_t i = 0; i < keys; ++i) {
      const Time now{static_cast<std::int64_t>(i) * 30 * microseconds_per_minute /
                     static_cast<std::int64_t>(keys)};  // all in one window
      Signal signal;
      signal.rule = facts;
      signal.texts.title = "Failed logins of user-" + std::to_string(i);
      signal.texts.dedup = signal.texts.title;
      signal.time = now;
      signal.event = Object{{"userName", "user-" + std::to_string(i)}};
      table.take(std::move(signal), now, now, count);
      if (i % 100'000 == 0) most = std::max(most, resident_bytes() - before);
    }
  };
  const Cost cost = cost_of(take_all);
  const double limit = static_cast<double>(WindowLimits{}.bytes);
  bench.report().add(
      {"dedup-keys",
       most / 1e6,
       "MB",
       at_most(limit / 1e6),
       {{"keys", static_cast<double>(keys)},
        {"alerts", static_cast<double>(alerts)},
        {"windows open", static_cast<double>(table.counts().open)},
        {"bytes a window", static_cast<double>(table.counts().bytes) / static_cast<double>(table.counts().open)},
        {"ended early", static_cast<double>(table.counts().evicted)},
        {"matches/s", static_cast<double>(keys) / cost.cpu}}});
}

// Lines of events, so many bytes of them or a few more.
void write_events(const fs::path& file, std::uint64_t bytes) {
  std::ofstream out(file, std::ios::binary);
  Chance chance(4711);
  std::string lines;
  for (std::uint64_t written = 0; written < bytes; written += lines.size()) {
    lines.clear();
    while (lines.size() < 1'000'000) append_event(lines, chance);
    out << lines;
  }
}

// `picket run` with a state file over the same without one, both writing alerts to a file.
void measure_state(Bench& bench) {
  const Setting& setting = bench.setting();
  const fs::path file = setting.scratch / "state.jsonl";
  const std::uint64_t bytes = (setting.quick ? 10 : 1'000) * std::uint64_t{1'000'000};
  write_events(file, bytes);
  const auto run = [&](bool remembers) {
    for (const char* name : {"state.db", "state.db-wal", "state.out"}) fs::remove(setting.scratch / name);
    std::vector<std::string> arguments = {"run",
                                          "--rules",
                                          setting.rules.string(),
                                          "-q",
                                          "--format",
                                          "jsonl",
                                          "-o",
                                          (setting.scratch / "state.out").string(),
                                          file.string()};
    if (remembers) arguments.insert(arguments.end(), {"--state", (setting.scratch / "state.db").string()});
    return cost_of_program(setting.binaries / "picket", arguments).wall;
  };
  (void)run(false);
  std::vector<double> with, without, over;
  for (std::size_t i = 0; i < setting.rounds(); ++i) {
    without.push_back(run(false));
    with.push_back(run(true));
    over.push_back(without.back() / with.back());
  }
  const double megabytes = static_cast<double>(bytes) / 1e6;
  bench.report().add({"run-state",
                      median(over),
                      "x",
                      at_least(0.7),
                      {{"MB/s with", megabytes / median(with)}, {"MB/s without", megabytes / median(without)}}});
}

}  // namespace

std::vector<Part> state_parts() { return {{"dedup-keys", measure_dedup_keys}, {"run-state", measure_state}}; }

}  // namespace picket::bench
