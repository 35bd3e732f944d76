// `action`, by which documents of Sigma's older tools speak of those beside them. Internal to engine/sigma.
#pragma once

#include "engine/yaml/node.hpp"

namespace picket::sigma {

// Whether a document is such an instruction, or a correlation as a draft of the specification had it: `action:
// correlation`, with what now stands in a section beside the title.
[[nodiscard]] bool is_action(const yaml::Mapping& document);

}  // namespace picket::sigma
