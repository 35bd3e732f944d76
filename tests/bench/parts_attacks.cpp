// The parts that measure how an attack's cost grows with its size.
#include <stdexcept>

#include "tests/bench/attacks.hpp"
#include "tests/bench/measure.hpp"
#include "tests/bench/parts.hpp"

namespace picket::bench {
namespace {

// One size of an attack, ready to be judged over and over.
class Siege {
 public:
  Siege(const Attack& attack, double proof_seconds)
      : rules_(std::make_shared<const RuleSet>(check_texts(attack.rules))),
        slice_(attack.lines),
        // What was decided for a value must not spare the work: an attacker would not send it twice.
        executor_(make_executor(rules_, "", false)) {
    (void)prove_agreement(*executor_, rules_, slice_.text(), "", proof_seconds, 1);
    events_ = judge_blocks(*executor_, slice_.blocks()).events;
  }

  // Seconds per event, over a few hundredths of a second at least.
  [[nodiscard]] double seconds() {
    double spent = 0;
    std::size_t events = 0;
    while (spent < 0.03) {
      spent += cost_of([&] { (void)judge_blocks(*executor_, slice_.blocks()); }).cpu;
      events += events_;
    }
    return spent / static_cast<double>(events);
  }

  [[nodiscard]] double event_bytes() const {
    return static_cast<double>(slice_.text().size()) / static_cast<double>(events_);
  }

 private:
  RuleSetPtr rules_;
  Slice slice_;
  std::unique_ptr<Executor> executor_;
  std::size_t events_ = 0;
};

void measure_attack(Bench& bench, const AttackKind& kind) {
  const double proof_seconds = bench.setting().quick ? 0.05 : 0.3;
  Siege small(kind.make(kind.small), proof_seconds);
  Siege large(kind.make(kind.large), proof_seconds);
  std::vector<double> small_seconds;
  std::vector<double> large_seconds;
  std::vector<double> growth;
  for (std::size_t i = 0; i < bench.setting().rounds(); ++i) {
    small_seconds.push_back(small.seconds());
    large_seconds.push_back(large.seconds());
    growth.push_back(large_seconds.back() / small_seconds.back());
  }
  const double larger = static_cast<double>(kind.large) / static_cast<double>(kind.small);
  const double seconds = median(large_seconds);
  bench.report().add({"attack-" + kind.name,
                      median(growth) / larger,
                      "x linear",
                      at_most(1.5),
                      {{kind.grows, static_cast<double>(kind.large)},
                       {"times as many as the small one", larger},
                       {"events/s", 1 / seconds},
                       {"MB/s", large.event_bytes() / 1e6 / seconds},
                       {"us/event", seconds * 1e6},
                       {"us/event of the small one", median(small_seconds) * 1e6}}});
}

// So many lines in one block, every other one of which breaks off within a string.
std::string broken_lines(std::size_t count) {
  std::string lines;
  for (std::size_t i = 0; i < count; ++i) {
    lines += attack_event(R"("action":"a)" + std::to_string(i) + R"(","text":"some words")");
    if (i % 2 == 0) lines.replace(lines.size() - 30, 30, "\n");
  }
  return lines;
}

// Seconds per line. Throws unless the lines that are whole, and no others, are taken for events.
double seconds_per_broken_line(Executor& executor, const Slice& slice, std::size_t count) {
  std::size_t events = 0;
  const double seconds = cost_of([&] {
                           Judged judged;
                           executor.begin(slice.text(), judging_time);
                           while (executor.next(judged)) events += judged.is_event ? 1 : 0;
                         }).cpu;
  if (events != count / 2) throw std::runtime_error("a broken line took a whole one with it, or passed for one");
  return seconds / static_cast<double>(count);
}

void measure_broken_lines(Bench& bench) {
  constexpr std::size_t few = 1000;
  constexpr std::size_t many = 10'000;
  const std::vector<std::string> rules = {attack_rule(0, "  action eq \"b\"\n")};
  const auto executor = make_executor(std::make_shared<const RuleSet>(check_texts(rules)));
  const std::string small_text = broken_lines(few);
  const std::string large_text = broken_lines(many);
  const Slice small(small_text, small_text.size());
  const Slice large(large_text, large_text.size());
  std::vector<double> seconds;
  std::vector<double> growth;
  for (std::size_t i = 0; i < bench.setting().rounds(); ++i) {
    const double before = seconds_per_broken_line(*executor, small, few);
    seconds.push_back(seconds_per_broken_line(*executor, large, many));
    growth.push_back(seconds.back() / before);
  }
  const double bytes = static_cast<double>(large_text.size()) / static_cast<double>(many);
  bench.report().add({"attack-broken-lines",
                      median(growth),
                      "x linear",
                      at_most(1.5),
                      {{"lines in a block", many}, {"MB/s", bytes / 1e6 / median(seconds)}}});
}

}  // namespace

std::vector<Part> attack_parts() {
  std::vector<Part> parts;
  for (const auto& kinds : {hostile_events(), hostile_rules()}) {
    for (const AttackKind& kind : kinds) {
      parts.push_back({"attack-" + kind.name, [kind](Bench& bench) { measure_attack(bench, kind); }});
    }
  }
  parts.push_back({"attack-broken-lines", measure_broken_lines});
  return parts;
}

}  // namespace picket::bench
