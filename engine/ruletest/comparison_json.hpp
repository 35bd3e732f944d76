// What became of a comparison, as JSON: the keys that tools/README.md lists for `comparisons`.
#pragma once

#include "engine/event/value.hpp"
#include "engine/ruletest/explain.hpp"

namespace picket {

[[nodiscard]] Object comparison_json(const ComparisonReport& comparison);

}  // namespace picket
