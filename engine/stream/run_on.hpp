// Values that stand one after another on one line, as two writers of one file leave them.
#pragma once

#include <vector>

#include "engine/event/json.hpp"
#include "engine/stream/frame.hpp"

namespace picket {

// The texts within a frame that is no JSON as a whole, if each of them is an object and there are at least two; else
// nothing. They are views of the frame's text.
[[nodiscard]] std::vector<Frame> split_run_on(const Frame& frame, const JsonLimits& limits);

}  // namespace picket
