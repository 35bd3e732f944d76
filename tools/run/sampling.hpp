// What `picket run` learns from the beginning of its inputs before it compiles the rules: which values are rare. It
// changes how fast it judges, never what it finds.
#pragma once

#include <string>
#include <vector>

#include "engine/plan/sample.hpp"

namespace picket {

// Events among the first lines of the first few inputs that are regular files of JSON lines; others are not touched.
// `log_type` is that of events that carry none.
[[nodiscard]] EventSample sample_of_inputs(const std::vector<std::string>& inputs, const std::string& log_type);

}  // namespace picket
