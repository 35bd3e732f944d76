// What a run would write over: that outputs are no inputs.
#pragma once

#include <string>
#include <vector>

#include "engine/stream/find_inputs.hpp"
#include "tools/run/run_options.hpp"

namespace picket {

// Leaves out of the inputs what was found in a folder and is written to: alerts of an earlier run are no events of this
// one. Returns what is left out.
[[nodiscard]] std::vector<std::string> leave_out_outputs(const RunOptions& options, FoundInputs& found);

// "--output names events.jsonl, which is read", if an output is a file that was named as an input, or one of the rules;
// else empty. However the two are spelt.
[[nodiscard]] std::string overwritten(const RunOptions& options, const FoundInputs& found);

}  // namespace picket
