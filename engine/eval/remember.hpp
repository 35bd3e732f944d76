// What a rule remembers of an event.
#pragma once

#include <optional>

#include "engine/analyse/checked.hpp"
#include "engine/eval/interpret.hpp"
#include "engine/memory/memory.hpp"

namespace picket {

// What the rule asks to be written after the event; nothing if it does not remember this event. REQUIRES:
// interpreter.start() was called for the event.
[[nodiscard]] std::optional<MemoryWrite> write_of(Interpreter& interpreter, const CheckedRule& rule);

}  // namespace picket
