// How alike two texts are.
#pragma once

#include <optional>
#include <string_view>

#include "engine/eval/budget.hpp"

namespace picket {

// The ratio of Ratcliff and Obershelp over code points, from 0 to 1, exactly as Python's
// `difflib.SequenceMatcher(None, a, b).ratio()` computes it. Nothing if the budget does not allow it.
[[nodiscard]] std::optional<double> similarity_ratio(std::string_view a, std::string_view b, Budget& budget);

}  // namespace picket
