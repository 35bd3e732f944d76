// Sample events that a pack ships beside its rules.
#pragma once

#include <string>
#include <vector>

#include "engine/event/value.hpp"

namespace picket {

// The events in the folders `samples` beside the files: of each file there (*.jsonl, *.json; by name) the lines that
// are JSON objects and carry a `p_log_type`, up to 1,000 of a file and 20,000 in all; of files beyond 4 MiB the
// beginning. They show which fields events have; a line that is no event shows nothing, and is passed over.
[[nodiscard]] std::vector<Value> read_samples(const std::vector<std::string>& files);

}  // namespace picket
