// The parts that measure what a change of rules costs those who judge: rules are put in force one after another, some
// of them broken, while events are judged; each event must be judged once, by one version, and versions must not go
// back.
#include <algorithm>
#include <atomic>
#include <charconv>
#include <cstring>
#include <ctime>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "engine/attack/attack_table.hpp"
#include "engine/stream/pipeline.hpp"
#include "tests/bench/judging.hpp"
#include "tests/bench/measure.hpp"
#include "tests/bench/parts.hpp"

namespace picket::bench {
namespace {

constexpr std::size_t events_of_batch = 50;
constexpr std::size_t broken_of = 10;  // every tenth version is
constexpr double goal_milliseconds = 1;
constexpr std::size_t most_others = 20'000;  // batches without a change that are timed: memory is measured, too

// Rules in force beside those of the shape: one that every event matches, whose title names the version, and one that
// keeps windows open.
std::vector<std::string> texts_of(std::size_t version, std::vector<std::string> texts) {
  const std::string head = "AnalysisType: rule\nEnabled: true\nLogTypes: [Reload]\nSeverity: Low\n";
  const bool broken = version % broken_of == 1;
  texts.push_back(head + "RuleID: Reload.Version\nDedupPeriodMinutes: 5\nAlertTitle: \"" + std::to_string(version) +
                  "\"\nDedup: \"{n}\"\nCondition: " + (broken ? "n is is null\n" : "n is not null\n"));
  texts.push_back(
      head + "RuleID: Reload.Open\nDedupPeriodMinutes: 50000000\nDedup: \"{open}\"\nCondition: open is not null\n");
  return texts;
}

std::shared_ptr<const RulesVersion> version_of(std::size_t version, const std::vector<std::string>& texts) {
  const auto rules = std::make_shared<const RuleSet>(check_texts(texts_of(version, texts)));
  return std::make_shared<const RulesVersion>(rules, *AttackTable::built_in());
}

std::size_t number_of(std::string_view text) {
  std::size_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// Sees that events come one by one, and versions in order.
class VersionSink : public AlertSink {
 public:
  [[nodiscard]] Delivery deliver(const Alert& alert) override {
    if (alert.rule->id != "Reload.Version" || alert.status != AlertStatus::created) return {};
    const std::size_t version = number_of(alert.texts.title);
    if (number_of(alert.texts.dedup) != events_++) fault_ = "an event was not judged once";
    if (version < version_) fault_ = "an older version judged after a newer one";
    changed_ |= version != version_;
    version_ = version;
    return {};
  }
  [[nodiscard]] Delivery flush() override { return {}; }

  [[nodiscard]] bool take_changed() { return std::exchange(changed_, false); }
  [[nodiscard]] std::size_t events() const { return events_; }
  [[nodiscard]] const std::string& fault() const { return fault_; }

 private:
  std::size_t events_ = 0;
  std::size_t version_ = 0;
  bool changed_ = false;
  std::string fault_;
};

double seconds(clockid_t clock) {
  timespec time{};
  clock_gettime(clock, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

// What batches took, in the order in which they came: those that a new version judged first, and the others.
struct Times {
  std::vector<double> changes;
  std::vector<double> others;
};

class ReloadInput : public Input {
 public:
  ReloadInput(std::size_t windows, VersionSink& sink, const std::atomic<bool>& over)
      : windows_(windows), sink_(sink), over_(over) {}

  [[nodiscard]] const std::string& name() const override { return name_; }
  void read(const BatchTaker& to) override {
    for (std::size_t n = 0; !over_;) {
      std::string text;
      for (std::size_t i = 0; i < events_of_batch; ++i, ++n) {
        text += "{\"n\":" + std::to_string(n) + ",\"time\":" + std::to_string(1'700'000'000 + 600 * n);
        if (n < windows_) text += ",\"open\":" + std::to_string(n);
        text += "}\n";
      }
      Batch batch;
      const auto memory = std::make_shared<Buffer>(text.size());
      std::memcpy(memory->data(), text.data(), text.size());
      batch.pieces.push_back({.frame = {.text = {memory->data(), text.size()}, .length = text.size()}, .lines = true});
      batch.memory.push_back(memory);
      const double cpu = seconds(CLOCK_THREAD_CPUTIME_ID);
      const double wall = seconds(CLOCK_MONOTONIC);
      if (!to.take(batch)) return;
      const bool changed = sink_.take_changed();
      if (n <= windows_ || (!changed && cpu_.others.size() == most_others)) continue;
      (changed ? cpu_.changes : cpu_.others).push_back(seconds(CLOCK_THREAD_CPUTIME_ID) - cpu);
      (changed ? wall_.changes : wall_.others).push_back(seconds(CLOCK_MONOTONIC) - wall);
    }
  }
  [[nodiscard]] std::uint64_t bytes() const override { return 0; }
  [[nodiscard]] std::uint64_t raw_bytes() const override { return 0; }
  [[nodiscard]] std::optional<std::string> fault() const override { return std::nullopt; }
  [[nodiscard]] bool interrupted() const override { return false; }

  [[nodiscard]] const Times& cpu() const { return cpu_; }
  [[nodiscard]] const Times& wall() const { return wall_; }

 private:
  std::string name_ = "reload";
  std::size_t windows_;
  VersionSink& sink_;
  const std::atomic<bool>& over_;
  Times cpu_;
  Times wall_;
};

double share_of(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  return values.empty() ? 0 : values[static_cast<std::size_t>(static_cast<double>(values.size() - 1) * share)];
}

// How much longer the first batch of a version takes than batches usually do.
double pause_of(const Times& times, double share) {
  return 1000 * (share_of(times.changes, share) - share_of(times.others, 0.5));
}

struct Reloads {
  std::size_t good = 0;
  std::size_t refused = 0;
  double memory_before = 0;  // when the first tenth was done
  double memory_after = 0;
};

Reloads reload(LiveRules& live, const std::vector<std::string>& texts, std::size_t count) {
  Reloads reloads;
  for (std::size_t version = 1; version <= count; ++version) {
    try {
      live.publish(version_of(version, texts));
      ++reloads.good;
    } catch (const std::runtime_error&) {
      ++reloads.refused;
    }
    if (version == count / 10) reloads.memory_before = resident_bytes();
  }
  while (!live.free_old()) std::this_thread::yield();
  reloads.memory_after = resident_bytes();
  return reloads;
}

void measure(Bench& bench, const std::string& name, std::size_t rules, std::size_t windows, std::size_t count) {
  const std::vector<std::string> texts = rule_texts(Events::spread, rules);
  VersionSink sink;
  PipelineOptions options;
  options.judging.log_type = "Reload";
  Pipeline pipeline(
      version_of(0, texts), sink, [](const DeadLetter&) { return Delivery{}; },
      [] { return Time{std::int64_t{1} << 62}; }, options);
  std::atomic<bool> over = false;
  ReloadInput input(windows, sink, over);
  Reloads reloads;
  std::thread publisher([&] {
    reloads = reload(pipeline.rules(), texts, bench.setting().quick ? count / 50 : count);
    over = true;
  });
  static_cast<void>(pipeline.run(input));
  over = true;
  publisher.join();
  static_cast<void>(pipeline.finish());
  if (!sink.fault().empty()) throw std::runtime_error(sink.fault());
  if (sink.events() != pipeline.tally().events) throw std::runtime_error("events were judged that nobody told of");
  bench.report().add({name,
                      pause_of(input.cpu(), 0.999),
                      "ms",
                      at_most(goal_milliseconds),
                      {{"ms median", pause_of(input.cpu(), 0.5)},
                       {"ms p99.9 on the wall", pause_of(input.wall(), 0.999)},
                       {"ms p99.9 on the wall without a change", 1000 * share_of(input.wall().others, 0.999)},
                       {"reloads", static_cast<double>(reloads.good)},
                       {"refused", static_cast<double>(reloads.refused)},
                       {"changes seen", static_cast<double>(input.cpu().changes.size())},
                       {"events", static_cast<double>(sink.events())},
                       {"MB more in the end", (reloads.memory_after - reloads.memory_before) / 1e6}}});
}

}  // namespace

std::vector<Part> reload_parts() {
  return {{"reload-100", [](Bench& bench) { measure(bench, "reload-100", 100, 0, 10'000); }},
          {"reload-870", [](Bench& bench) { measure(bench, "reload-870", 870, 0, 500); }},
          {"reload-windows", [](Bench& bench) { measure(bench, "reload-windows", 100, 10'000, 500); }}};
}

}  // namespace picket::bench
