// A trace as JSON: the keys that tools/README.md lists at `picket trace`.
#pragma once

#include "engine/event/value.hpp"
#include "engine/ruletest/trace.hpp"

namespace picket {

// All of it but the event's name.
[[nodiscard]] Object trace_json(const Trace& trace);

}  // namespace picket
