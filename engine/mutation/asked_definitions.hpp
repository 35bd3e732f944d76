// Which definitions of a rule a mistake would matter in. Internal to engine/mutation.
#pragma once

#include <vector>

#include "engine/frontend/rule.hpp"

namespace picket {

// Of each of the rule's definitions, whether its condition asks for it, directly or not.
[[nodiscard]] std::vector<bool> asked_definitions(const Rule& rule);

}  // namespace picket
