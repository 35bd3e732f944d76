#include "engine/state/detector.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <set>
#include <utility>

#include "engine/state/members.hpp"
#include "engine/state/rules_version.hpp"

namespace picket {
namespace {

constexpr std::string_view clock_kind = "clock";
constexpr Time end_of_time{std::numeric_limits<std::int64_t>::max()};

MemoryOptions memory_options(const DetectorOptions& options) {
  MemoryOptions memory = options.memory;
  memory.notes_changes = options.keeps_changes;
  return memory;
}

}  // namespace

Detector::Detector(DetectorOptions options)
    : options_(options),
      remembering_(memory_options(options)),
      queue_(options.waiting_bytes),
      windows_(options.windows) {
  correlating_.bound(options.correlation_bytes);
  if (!options.keeps_changes) return;
  correlating_.keep_changes();
  queue_.keep_changes();
  windows_.keep_changes();
}

std::vector<Signal> Detector::decide(const Candidates& candidates) {
  return remembering_.judge(candidates, memory_time(candidates));
}

// By which memory ages.
Time Detector::memory_time(const Candidates& candidates) const {
  const bool known = candidates.time && is_believed(*candidates.time, candidates.now);
  return known ? *candidates.time : latest_.value_or(candidates.now);
}

std::vector<Signal> Detector::decide_at(const Candidates& candidates, Time at) {
  std::vector<Signal> matches = remembering_.judge(candidates, at);
  if (decided_) decided_(matches, remembering_.given_up());
  return matches;
}

// What no clock of the world has reached yet would carry ours away, and make all that follows late.
bool Detector::is_believed(Time time, Time now) const {
  return time.microseconds - now.microseconds <= options_.ahead.microseconds;
}

void Detector::disbelieve(Signal& signal, Time now) {
  if (!signal.time || is_believed(*signal.time, now)) return;
  ++ahead_;
  signal.time.reset();
}

void Detector::take(Signal signal, Time now, const TakeAlert& tell) {
  if (options_.clock == ClockKind::processing) {
    go_on(now, tell);
    return count(std::move(signal), now, tell);
  }
  disbelieve(signal, now);
  const Time at = signal.time ? *signal.time : latest_.value_or(now);
  if (clock_ && at < *clock_) ++late_;
  if (options_.lateness.microseconds == 0) {
    go_on(at, tell);
    return count(std::move(signal), at, tell);
  }
  queue_.push(std::move(signal), at);
  go_on(at, tell);
}

void Detector::take(Candidates candidates, const TakeAlert& tell) {
  const Time at = memory_time(candidates);
  const bool late = clock_ && at < *clock_;
  if (options_.clock == ClockKind::processing || options_.lateness.microseconds == 0 || late) {
    for (Signal& signal : decide_at(candidates, at)) take(std::move(signal), candidates.now, tell);
    return;
  }
  queue_.push(std::move(candidates), at);
  go_on(at, tell);
}

void Detector::observe(Time event_time, Time now, const TakeAlert& tell) {
  if (options_.clock == ClockKind::processing) return go_on(now, tell);
  if (is_believed(event_time, now)) go_on(event_time, tell);
}

// Time has come as far as `latest`, unless it had come further before.
void Detector::go_on(Time latest, const TakeAlert& tell) {
  latest_ = std::max(latest_.value_or(latest), latest);
  const bool waits = options_.clock == ClockKind::event;
  const Time clock{latest_->microseconds - (waits ? options_.lateness.microseconds : 0)};
  come_to(std::max(clock_.value_or(clock), clock), tell);
}

void Detector::come_to(Time clock, const TakeAlert& tell) {
  clock_ = clock;
  clock_changed_ = true;
  queue_.release(clock, {.decide =
                             [&](const Candidates& candidates, Time at) {
                               std::vector<Signal> matches = decide_at(candidates, at);
                               for (Signal& signal : matches) disbelieve(signal, candidates.now);
                               return matches;
                             },
                         .take = [&](Signal signal, Time at) { count(std::move(signal), at, tell); }});
  correlating_.advance(clock, [&](Signal signal, Time at) { count_firing(std::move(signal), at, tell); });
  windows_.advance(clock, tell);
}

// A signal counts for the correlation rules over it, and by itself.
void Detector::count(Signal signal, Time at, const TakeAlert& tell) {
  std::vector<std::pair<Signal, Time>> fired;
  correlating_.take(signal, at, [&](Signal one, Time when) { fired.emplace_back(std::move(one), when); });
  count_alone(std::move(signal), at, tell);
  for (auto& [one, when] : fired) count_firing(std::move(one), when, tell);
}

void Detector::count_firing(Signal signal, Time at, const TakeAlert& tell) {
  if (fired_) fired_(signal);
  count_alone(std::move(signal), at, tell);
}

// Other rules may be in force than those that judged a signal which had to wait. That of a rule that is gone counts as
// it did: it was true then.
void Detector::count_alone(Signal signal, Time at, const TakeAlert& tell) {
  if (!signal.rule->create_alert) return;
  std::shared_ptr<const RuleFacts> in_force = find_(signal.rule->id);
  if (in_force == nullptr) in_force = signal.rule;
  windows_.take(std::move(signal), in_force, at, clock_.value_or(at), tell);
}

bool Detector::pass(Duration quiet, Time now, const TakeAlert& tell) {
  if (options_.clock == ClockKind::processing) {
    if (std::min(correlating_.next_deadline(), windows_.next_over()) >= now) return false;
    go_on(now, tell);
    return true;
  }
  const bool counts_waiting = queue_.size() > 0 && quiet.microseconds >= options_.lateness.microseconds;
  if (counts_waiting) rest(tell);
  if (!latest_) return counts_waiting;
  const Time passed{latest_->microseconds + quiet.microseconds - options_.lateness.microseconds};
  const bool decides = correlating_.next_deadline() < passed;
  if (decides) decide_absences(passed, tell);
  return counts_waiting || decides;
}

// No further than to what is due: events that come later than they should still count at their times as far as may be.
void Detector::decide_absences(Time passed, const TakeAlert& tell) {
  while (correlating_.next_deadline() < passed) {
    const Time due{correlating_.next_deadline().microseconds + 1};
    correlating_.advance(due, [&](Signal signal, Time at) { count_firing(std::move(signal), at, tell); });
  }
}

void Detector::rest(const TakeAlert& tell) {
  if (latest_ && clock_ != latest_) come_to(*latest_, tell);
}

void Detector::finish(bool close, const TakeAlert& tell) {
  rest(tell);
  // Nothing follows that could take back what waits.
  if (close) {
    correlating_.advance(end_of_time, [&](Signal signal, Time at) { count_firing(std::move(signal), at, tell); });
  }
  windows_.settle(close, tell);
}

void Detector::adopt(const std::shared_ptr<const RulesVersion>& rules, const TakeAlert& tell) {
  // The old rules are held on to until nothing here uses them any more: to free them takes milliseconds, which whoever
  // made them has, and an event in hand has not.
  const FindRule before = std::exchange(find_, find_in(rules));
  rules_ = rules;
  remembering_.adopt(rules);
  correlating_.adopt(*rules);
  windows_.adopt(find_, tell);
}

std::vector<SavedState> Detector::changes() {
  std::vector<SavedState> changes;
  queue_.save_changes(changes);
  remembering_.save_changes(changes);
  correlating_.save_changes(changes);
  windows_.save_changes(changes);
  if (clock_changed_) {
    const Object clock{{"latest", latest_->microseconds}, {"clock", clock_->microseconds}};
    changes.push_back({std::string(clock_kind), {}, to_json(Value(clock))});
    clock_changed_ = false;
  }
  return changes;
}

std::vector<SavedState> Detector::restore(const std::vector<SavedState>& saved) {
  const std::set<std::string_view> restored_as_one = {window_kind, first_match_kind, memory_kind, correlation_kind};
  std::vector<SavedState> meaningless;
  for (const SavedState& state : saved) {
    const bool whole = state.kind == waiting_kind ? queue_.restore(state, rules_)
                       : state.kind == clock_kind ? restore_clock(state)
                                                  : restored_as_one.contains(state.kind);
    if (!whole) meaningless.push_back(state);
  }
  std::ranges::move(windows_.restore(saved, find_), std::back_inserter(meaningless));
  std::ranges::move(correlating_.restore(saved), std::back_inserter(meaningless));
  std::ranges::move(remembering_.restore(saved), std::back_inserter(meaningless));
  return meaningless;
}

bool Detector::restore_clock(const SavedState& saved) {
  const Value value = read_object(saved.body);
  const Object* object = value.object();
  if (object == nullptr) return false;
  Members members(*object);
  const Time latest{members.number("latest")};
  const Time clock{members.number("clock")};
  if (!members.sound()) return false;
  latest_ = latest;
  clock_ = clock;
  return true;
}

DetectorCounts Detector::counts() const {
  return {.late = late_,
          .hurried = queue_.hurried(),
          .ahead = ahead_,
          .waiting = queue_.size(),
          .windows = windows_.counts(),
          .correlation = correlating_.counts(),
          .correlation_keys = correlating_.keys(),
          .memory = remembering_.memory().counts(),
          .memory_keys = remembering_.memory().keys()};
}

}  // namespace picket
