#include "engine/difference/alert_difference.hpp"

#include <array>
#include <string_view>
#include <utility>
#include <variant>

#include "engine/parallel/for_each_index.hpp"

namespace picket {
namespace {

const TakeAlert tell_nobody = [](const Alert&) {};

// A match by where its event stands in the input, and by its rule.
using SignalKey = std::pair<std::uint64_t, std::string_view>;
using SignalsByKey = std::map<SignalKey, const Signal*>;

SignalsByKey by_key(const std::vector<Outcome>& outcomes) {
  SignalsByKey signals;
  for (const Outcome& outcome : outcomes) {
    if (const auto* signal = std::get_if<Signal>(&outcome)) {
      signals.emplace(SignalKey{signal->place.offset, signal->rule->id}, signal);
    }
  }
  return signals;
}

void add(AlertCount& count, const Signal& alert, const Signal* before) {
  if (++count.count > 1) return;
  count.example = AlertExample{alert.texts.severity, alert.texts.title, {}, {}, alert.place, alert.event.value()};
  if (before == nullptr) return;
  count.example->severity_before = before->texts.severity;
  count.example->title_before = before->texts.title;
}

bool says_the_same(const Signal& a, const Signal& b) {
  return a.texts.title == b.texts.title && a.texts.severity == b.texts.severity && a.texts.dedup == b.texts.dedup;
}

}  // namespace

AlertComparison::AlertComparison(const std::shared_ptr<const RulesVersion>& before,
                                 const std::shared_ptr<const RulesVersion>& after, const ExecutorOptions& options,
                                 Time now)
    : now_(now),
      before_{std::make_shared<RulesAtWork>(before, options, 1), BatchJudge(0, stopped_), Detector(), {}, {}},
      after_{std::make_shared<RulesAtWork>(after, options, 1), BatchJudge(0, stopped_), Detector(), {}, {}} {
  before_.detector.adopt(before, tell_nobody);
  after_.detector.adopt(after, tell_nobody);
}

void AlertComparison::read(Input& input, std::size_t threads) {
  const auto name = std::make_shared<const std::string>(input.name());
  const auto take = [&](Batch& batch) {
    const std::array<Side*, 2> sides = {&before_, &after_};
    for_each_index(sides.size(), threads, 1, [&](std::size_t i) { judge(*sides.at(i), batch, name); });
    compare();
    batch = {};
    return true;
  };
  input.read({.take = take, .rest = [] { return true; }});
}

void AlertComparison::judge(Side& side, const Batch& batch, const std::shared_ptr<const std::string>& input) const {
  const BatchInHand work{.batch = batch, .input = input, .file = nullptr, .rules = side.rules, .now = now_};
  std::vector<Outcome> last;
  const auto keep = [&](std::vector<Outcome>& outcomes) {
    for (Outcome& outcome : outcomes) decide(side, std::move(outcome));
    outcomes.clear();
    return true;
  };
  side.judge.judge(work, last, side.counts, keep);
  static_cast<void>(keep(last));
}

// The detector takes no signals, for no alerts are counted; it is told when events happened, by which memory ages.
void AlertComparison::decide(Side& side, Outcome outcome) const {
  const auto keep = [&](Signal signal) {
    if (signal.time) side.detector.observe(*signal.time, now_, tell_nobody);
    side.outcomes.emplace_back(std::move(signal));
  };
  if (const auto* candidates = std::get_if<Candidates>(&outcome)) {
    for (Signal& signal : side.detector.decide(*candidates)) keep(std::move(signal));
  } else if (auto* signal = std::get_if<Signal>(&outcome)) {
    keep(std::move(*signal));
  } else {
    side.outcomes.push_back(std::move(outcome));
  }
}

void AlertComparison::compare() {
  SignalsByKey lost = by_key(before_.outcomes);
  for (const auto& [key, alert] : by_key(after_.outcomes)) {
    RuleAlerts& rule = result_.rules[alert->rule->id];
    const auto found = lost.find(key);
    if (found == lost.end()) {
      add(rule.gained, *alert, nullptr);
      continue;
    }
    if (says_the_same(*found->second, *alert)) {
      ++rule.kept;
    } else {
      add(rule.changed, *alert, found->second);
    }
    lost.erase(found);
  }
  for (const auto& [key, alert] : lost) add(result_.rules[alert->rule->id].lost, *alert, nullptr);
  for (const Outcome& outcome : after_.outcomes) {
    if (std::holds_alternative<DeadLetter>(outcome)) ++result_.invalid;
  }
  result_.events += after_.counts.events;
  for (Side* side : {&before_, &after_}) {
    side->outcomes.clear();
    side->counts.clear();
  }
}

}  // namespace picket
