// When an event happened, by what it says itself.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/analyse/checked.hpp"
#include "engine/eval/parsed_event.hpp"
#include "engine/event/value.hpp"

namespace picket {

class Interpreter;

// Where events of each log type say when they happened: by what a project has settled, if a time stands there; else by
// the mapping `event_time` of the log type's data model, likewise; else in the first of these fields that holds a time:
// p_event_time, eventTime, @timestamp, TimeCreated, UtcTime, TimeCreated_SystemTime, SystemTime, EventTime, timestamp,
// time, created_at, published, requestReceivedTimestamp, stageTimestamp, createdDateTime, activityDateTime; else by the
// stamp of Linux' audit at the begin of msg. Texts are read as parse_time() does, numbers as seconds, milliseconds,
// micro- or nanoseconds by their magnitude.
class EventTimes {
 public:
  // A path by log type, as a project says it.
  using Paths = std::map<std::string, std::vector<PathStep>, std::less<>>;

  explicit EventTimes(std::shared_ptr<const CheckedPack> pack = nullptr, const Paths& paths = {});
  EventTimes(EventTimes&&) noexcept;
  EventTimes& operator=(EventTimes&&) noexcept;
  ~EventTimes();

  // Nothing if the event does not say, or no time can be read of what it says. Not for two threads at once.
  [[nodiscard]] std::optional<Time> time_of(ParsedEvent& event, std::string_view log_type);
  // The same of a text, which may be no event at all; `log_type` is that of events that carry none.
  [[nodiscard]] std::optional<Time> time_of_text(std::string_view text, std::string_view log_type);

 private:
  std::shared_ptr<const CheckedPack> pack_;
  std::map<std::string, FieldTerm, std::less<>> fields_;  // as the paths say, by log type
  std::unique_ptr<Interpreter> interpreter_;
};

}  // namespace picket
