// A rule to begin with: what an expert would write down first about one event. The door of engine/draft.
#pragma once

#include <string>

#include "engine/event/value.hpp"

namespace picket {

struct DraftOptions {
  std::string log_type;    // never empty
  std::string id;          // empty: made of the log type and of what happened
  std::string schema;      // where an editor finds the JSON Schema; empty for none
  bool udm_actor = false;  // whether the log type has a data model with `udm.actor_user`
};

// The text of a rule file: the telling fields of the event as comparisons, and two tests, the event itself and the
// event with the most telling field changed. The text is not checked here. REQUIRES: `event` is an object.
[[nodiscard]] std::string draft_rule(const Value& event, const DraftOptions& options);

// An event that stands for those of a log type of which nothing is known.
[[nodiscard]] Value placeholder_event(const std::string& log_type);

}  // namespace picket
