// Candidates: an event that rules which remember may match. What they say of it depends on the events before it, so it
// is decided in the order of events (RememberingRules).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/event/value.hpp"
#include "engine/ruleset/ruleset.hpp"
#include "engine/state/signal.hpp"

namespace picket {

class RulesVersion;

struct Candidates {
  std::shared_ptr<const RulesVersion> rules;  // by which the event is judged
  std::vector<RuleIndex> indices;             // of those that may match, ascending
  std::string log_type;
  std::optional<Time> time;
  Place place;
  Value event;
};

[[nodiscard]] std::size_t memory_of(const Candidates& candidates);

}  // namespace picket
