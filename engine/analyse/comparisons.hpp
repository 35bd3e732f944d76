// The comparisons of a condition in the order in which a reader meets them. Internal to engine/analyse.
#pragma once

#include <memory>
#include <vector>

#include "engine/analyse/checked.hpp"

namespace picket {

// Those of the text in its order; those of a definition after the comparison that first asks for it. Each site once.
[[nodiscard]] std::vector<std::shared_ptr<const Site>> comparisons_of(
    const Term& condition, const std::vector<CheckedDefinition>& definitions);

}  // namespace picket
