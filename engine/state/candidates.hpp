// Candidates: an event that rules which remember may match. What they say of it depends on the events before it, so it
// is decided in the order of events (RememberingRules).
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/event/kept_event.hpp"
#include "engine/event/value.hpp"
#include "engine/ruleset/ruleset.hpp"
#include "engine/state/signal.hpp"

namespace picket {

class RulesVersion;

struct Candidates {
  std::shared_ptr<const RulesVersion> version;  // that found them, and that decides
  std::vector<RuleIndex> rules;                 // that may match, ascending
  std::string log_type;
  std::optional<Time> time;
  Time now;  // when the event was judged
  Place place;
  KeptEvent event;
};

// As that of a signal.
[[nodiscard]] std::size_t memory_of(const Candidates& candidates);

}  // namespace picket
