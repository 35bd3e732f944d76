#include "engine/state/detector.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include "engine/event/json.hpp"
#include "engine/state/members.hpp"
#include "engine/state/rules_version.hpp"

namespace picket {
namespace {

constexpr std::string_view clock_kind = "clock";

}  // namespace

Detector::Detector(DetectorOptions options)
    : options_(options), queue_(options.waiting_bytes), windows_(options.windows) {}

// What no clock of the world has reached yet would carry ours away, and make all that follows late.
std::optional<Time> Detector::believed(std::optional<Time> time, Time now) {
  if (!time || time->microseconds - now.microseconds <= options_.ahead.microseconds) return time;
  ++ahead_;
  return std::nullopt;
}

void Detector::take(Signal signal, Time now, const TakeAlert& tell) {
  if (options_.clock == ClockKind::processing) {
    go_on(now, tell);
    return count(std::move(signal), now, tell);
  }
  signal.time = believed(signal.time, now);
  const Time at = signal.time ? *signal.time : latest_.value_or(now);
  if (clock_ && at < *clock_) ++late_;
  if (options_.lateness.microseconds == 0) {
    go_on(at, tell);
    return count(std::move(signal), at, tell);
  }
  queue_.push(std::move(signal), at);
  go_on(at, tell);
}

void Detector::observe(Time event_time, Time now, const TakeAlert& tell) {
  if (options_.clock == ClockKind::processing) return go_on(now, tell);
  if (const auto time = believed(event_time, now)) go_on(*time, tell);
}

// Time has come as far as `latest`, unless it had come further before.
void Detector::go_on(Time latest, const TakeAlert& tell) {
  latest_ = std::max(latest_.value_or(latest), latest);
  const bool waits = options_.clock == ClockKind::event;
  const Time clock{latest_->microseconds - (waits ? options_.lateness.microseconds : 0)};
  clock_ = std::max(clock_.value_or(clock), clock);
  clock_changed_ = true;
  queue_.release(*clock_, [&](Signal signal, Time at) { count(std::move(signal), at, tell); });
  windows_.advance(*clock_, tell);
}

void Detector::count(Signal signal, Time at, const TakeAlert& tell) {
  if (!signal.rule->create_alert) return;
  windows_.take(std::move(signal), at, clock_.value_or(at), tell);
}

void Detector::rest(const TakeAlert& tell) {
  if (!latest_ || clock_ == latest_) return;
  clock_ = latest_;
  clock_changed_ = true;
  queue_.release(*clock_, [&](Signal signal, Time at) { count(std::move(signal), at, tell); });
}

void Detector::finish(bool close, const TakeAlert& tell) {
  rest(tell);
  windows_.settle(close, tell);
}

void Detector::adopt(const RulesVersion& rules, const TakeAlert& tell) {
  const FindRule find = [&rules](std::string_view id) { return rules.find(id); };
  queue_.adopt(find);
  windows_.adopt(find, tell);
}

void Detector::keep_changes() {
  queue_.keep_changes();
  windows_.keep_changes();
}

std::vector<SavedState> Detector::changes() {
  std::vector<SavedState> changes;
  queue_.save_changes(changes);
  windows_.save_changes(changes);
  if (clock_changed_) {
    const Object clock{{"latest", latest_->microseconds}, {"clock", clock_->microseconds}};
    changes.push_back({std::string(clock_kind), {}, to_json(Value(clock))});
    clock_changed_ = false;
  }
  return changes;
}

bool Detector::restore(const SavedState& saved, const FindRule& find) {
  if (saved.kind == waiting_kind) return queue_.restore(saved, find);
  if (saved.kind == window_kind) return windows_.restore(saved, find);
  if (saved.kind != clock_kind) return false;
  const auto read = read_json(saved.body);
  const auto* value = std::get_if<Value>(&read);
  const Object* object = value == nullptr ? nullptr : value->object();
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
          .windows = windows_.counts()};
}

}  // namespace picket
