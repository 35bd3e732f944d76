// What a run would write over: outputs that are one file, or are inputs.
#pragma once

#include <string>
#include <vector>

#include "engine/stream/find_inputs.hpp"
#include "tools/run/run_options.hpp"

namespace picket {

// "--output and --dead-letter", if two outputs have one name; else empty.
[[nodiscard]] std::string named_twice(const RunOptions& options);

// Leaves out of the inputs what was found in a folder and is written to: alerts of an earlier run are no events of this
// one. Returns what is left out.
[[nodiscard]] std::vector<std::string> leave_out_outputs(const RunOptions& options, FoundInputs& found);

// "--output names events.jsonl, which is an input", if it was named as one, or is a file of the rules; else empty.
// However the two are spelt.
[[nodiscard]] std::string overwritten(const RunOptions& options, const FoundInputs& found);

}  // namespace picket
