// The reports of `picket trace`.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/event/value.hpp"
#include "engine/ruletest/trace.hpp"
#include "tools/terminal/console.hpp"

namespace picket {

// A trace, and what it is of.
struct TracedEvent {
  std::string name;  // "“A user stops the trail”", "events.jsonl:3"
  Trace trace;
};

// For people; `unfold` shows the parts of definitions as well.
[[nodiscard]] std::string human_trace(const CheckedRule& rule, const TracedEvent& event, bool unfold, Palette paint,
                                      std::size_t columns);
// As tools/README.md documents it; everything, unfolded.
[[nodiscard]] std::string json_traces(const CheckedRule& rule, const std::vector<TracedEvent>& events);

}  // namespace picket
