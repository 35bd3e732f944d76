// One run: rules, inputs and outputs joined, from the first byte to the summary.
#pragma once

#include <memory>

#include "engine/state/rules_version.hpp"
#include "tools/exit_status.hpp"
#include "tools/run/run_options.hpp"
#include "tools/terminal/console.hpp"

namespace picket {

// Judges all inputs and reports. An input that cannot be read, or not to its end, does not keep the others from being
// judged, but the status says so.
[[nodiscard]] ExitStatus run_session(const RunOptions& options, std::shared_ptr<const RulesVersion> rules,
                                     Console& console);

}  // namespace picket
