// Signals, and candidates that wait, as JSON, for the next run.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "engine/event/value.hpp"
#include "engine/state/candidates.hpp"
#include "engine/state/find_rule.hpp"
#include "engine/state/signal.hpp"

namespace picket {

// Appends it.
void append_json(std::string& out, const Signal& signal);
// Null if the object means no signal, or one of a rule that is gone. Its rule is the one in force, with the version
// that judged it.
[[nodiscard]] std::unique_ptr<Signal> signal_of(const Object& object, const FindRule& find);

void append_json(std::string& out, const Candidates& candidates);
// Nothing if the object means no candidates, or all of their rules are gone. Those that are left are decided by
// `rules`, for those that found them are not there any more.
[[nodiscard]] std::optional<Candidates> candidates_of(const Object& object,
                                                      const std::shared_ptr<const RulesVersion>& rules);

}  // namespace picket
