// Candidates: an event that rules which remember may match. What they say of it depends on the events before it, so it
// is decided in the order of events (RememberingRules).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/event/value.hpp"
#include "engine/ruleset/ruleset.hpp"
#include "engine/state/signal.hpp"

namespace picket {

struct Candidates {
  std::vector<RuleIndex> rules;  // that may match, ascending
  std::string log_type;
  std::optional<Time> time;
  Place place;
  Value event;
};

}  // namespace picket
