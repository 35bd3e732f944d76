// Signals as JSON, for the next run.
#pragma once

#include <memory>
#include <string>

#include "engine/event/value.hpp"
#include "engine/state/find_rule.hpp"
#include "engine/state/signal.hpp"

namespace picket {

[[nodiscard]] Value value_of(const Signal& signal);
// Null if the object means no signal, or one of a rule that is gone. Its rule is the one in force, with the version
// that judged it.
[[nodiscard]] std::unique_ptr<Signal> signal_of(const Object& object, const FindRule& find);

}  // namespace picket
