// One run: rules, inputs and outputs joined, from the first byte to the summary.
#pragma once

#include <memory>

#include "engine/state/rules_version.hpp"
#include "tools/exit_status.hpp"
#include "tools/run/rules_loader.hpp"
#include "tools/run/run_options.hpp"
#include "tools/terminal/console.hpp"

namespace picket {

// Judges all inputs and reports. An input that cannot be read, or not to its end, does not keep the others from being
// judged, but the status says so. `loader`, which has loaded the rules, does so again when it is asked to.
[[nodiscard]] ExitStatus run_session(const RunOptions& options, std::shared_ptr<const RulesVersion> rules,
                                     RulesLoader& loader, Console& console);

}  // namespace picket
