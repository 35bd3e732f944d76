// Constants that stand behind a name.
#pragma once

#include <vector>

#include "engine/analyse/checked.hpp"

namespace picket {

// The constant that a term is, through definitions if need be; null if it depends on the event. Lives as long as the
// term and the definitions.
[[nodiscard]] const Value* constant_of(const Term& term, const std::vector<CheckedDefinition>& definitions);

}  // namespace picket
