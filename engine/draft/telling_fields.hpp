// Which fields of an event say what happened, by their names. Internal to engine/draft.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/analyse/checked.hpp"
#include "engine/event/value.hpp"

namespace picket::draft {

struct Field {
  std::vector<PathStep> path;
  Value value;  // a string, a number or a bool
};

// The fields that a rule for such events would begin with; of several of a sort the best known name.
struct TellingFields {
  std::optional<Field> source;   // who writes the log: eventSource, Channel, source_type
  std::optional<Field> action;   // what was done: eventName, EventID, action
  std::optional<Field> program;  // a path of what ran: Image
  std::optional<Field> outcome;  // whether it worked: errorCode, result
  // For people to read, never to compare with.
  std::optional<Field> actor;  // who did it
  std::optional<Field> host;   // and where
};

// Fields within lists, and deeper than three names, are not looked at. If no name is known, `action` is the first text
// that is a plain word, if there is one.
[[nodiscard]] TellingFields telling_fields(const Object& event);

}  // namespace picket::draft
