// Alert: what remains of matches once they are deduplicated and counted: worth a person's time, with all that they
// need to judge it. (PANTHER format, alert semantics.)
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "engine/state/signal.hpp"

namespace picket {

enum class AlertStatus : std::uint8_t {
  created,  // told for the first time
  updated,  // more matches have joined
};

// One alert as it stands when it is told. It is told when its rule's threshold is reached, again whenever the number of
// its matches has doubled since, and a last time when its window is over, if matches have joined since the last time.
// An update is known by `id`; it says what has changed, not everything once more.
struct Alert {
  std::string id;  // 32 hex digits: made of rule, dedup string and the window's start, hence the same in every run
  std::uint64_t revision = 1;  // counts from 1
  AlertStatus status = AlertStatus::created;
  bool final = false;  // the window is over
  std::shared_ptr<const RuleFacts> rule;
  // Of the first match of the window. An update has the severity, the title and the dedup string only.
  AlertTexts texts;

  std::uint64_t matches = 1;              // so far
  std::optional<std::uint64_t> distinct;  // values of `Unique` so far, if the rule has one
  Time window_start;                      // the first match on the clock that windows are measured by
  Time window_end;
  std::optional<Time> first_event;  // the earliest and the latest of the matches' events that say when they happened
  std::optional<Time> last_event;

  // When it is created, the first match; of an update, the match that brought it about. None if that is the passing of
  // time.
  struct Sample {
    std::string log_type;  // empty if the event has none
    std::optional<Time> time;
    Place place;
    KeptEvent event;
  };
  std::optional<Sample> sample;
};

[[nodiscard]] std::string_view spelling(AlertStatus status);

}  // namespace picket
