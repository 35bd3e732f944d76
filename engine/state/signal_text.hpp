// Signals as JSON, for the next run.
#pragma once

#include <memory>
#include <string>

#include "engine/event/value.hpp"
#include "engine/state/find_rule.hpp"
#include "engine/state/signal.hpp"

namespace picket {

// `rule_id` is that of its rule, which the signal itself need not have.
[[nodiscard]] Value value_of(const Signal& signal, const std::string& rule_id);
// Null if the object means no signal, or one of a rule that is gone.
[[nodiscard]] std::unique_ptr<Signal> signal_of(const Object& object, const FindRule& find);

}  // namespace picket
