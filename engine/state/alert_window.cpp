#include "engine/state/alert_window.hpp"

#include <algorithm>
#include <utility>

#include "engine/digest/digest.hpp"

namespace picket {
namespace {

// Of a window in its table, beside itself and what it owns: two nodes, a bucket, its place among those of its rule.
constexpr std::size_t bytes_around = 144;
// Of an element of an unordered set of numbers: a node and a bucket.
constexpr std::size_t bytes_of_distinct = 40;

std::optional<Alert::Sample> sample_of(const Signal& signal) {
  if (signal.event.is_none()) return std::nullopt;
  return Alert::Sample{.log_type = signal.log_type, .time = signal.time, .place = signal.place, .event = signal.event};
}

// `by`: the match that it is told because of, or null.
Alert alert_of(const AlertWindow& window, const Signal* by) {
  Alert alert;
  alert.id = digest_of({window.rule->facts->id, window.dedup, std::to_string(window.start.microseconds)});
  alert.revision = window.revision;
  alert.rule = by != nullptr ? by->rule : window.rule->facts;
  alert.matches = window.matches;
  if (window.distinct != nullptr) alert.distinct = window.distinct->size();
  alert.window_start = window.start;
  alert.window_end = window.end();
  alert.first_event = window.first_event;
  alert.last_event = window.last_event;
  return alert;
}

}  // namespace

bool AlertWindow::reached_threshold() const {
  return (distinct != nullptr ? distinct->size() : matches) >= rule->facts->threshold;
}

std::size_t AlertWindow::memory() const {
  std::size_t bytes = sizeof *this + bytes_around + dedup.capacity() + title.capacity();
  if (distinct != nullptr) bytes += sizeof(std::unordered_set<std::uint64_t>) + distinct->size() * bytes_of_distinct;
  if (first != nullptr) bytes += memory_of(*first);
  return bytes;
}

void count(AlertWindow& window, const Signal& signal, std::size_t most_distinct) {
  ++window.matches;
  if (signal.time) {
    const Time began = signal.began.value_or(*signal.time);
    window.first_event = window.first_event ? std::min(*window.first_event, began) : began;
    window.last_event = window.last_event ? std::max(*window.last_event, *signal.time) : *signal.time;
  }
  if (!window.rule->facts->unique) return;
  if (window.distinct == nullptr) window.distinct = std::make_unique<std::unordered_set<std::uint64_t>>();
  if (signal.texts.unique && window.distinct->size() < most_distinct) {
    window.distinct->insert(short_digest_of(*signal.texts.unique));
  }
}

Alert create_alert(AlertWindow& window) {
  window.revision = 1;
  window.told = window.matches;
  Alert alert = alert_of(window, window.first.get());
  alert.sample = sample_of(*window.first);
  alert.texts = std::move(window.first->texts);
  const std::vector<std::string>& usual = alert.rule->output_ids;
  if (!alert.texts.destinations && !usual.empty()) alert.texts.destinations = usual;
  window.first.reset();
  return alert;
}

Alert update_alert(AlertWindow& window, const Signal* sample, bool final) {
  ++window.revision;
  window.told = window.matches;
  Alert alert = alert_of(window, sample);
  alert.status = AlertStatus::updated;
  alert.final = final;
  alert.texts.title = window.title.empty() ? window.dedup : window.title;
  alert.texts.dedup = window.dedup;
  alert.texts.severity = window.severity;
  if (sample != nullptr) alert.sample = sample_of(*sample);
  return alert;
}

}  // namespace picket
