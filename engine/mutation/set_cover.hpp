// Choosing few of many. Internal to engine/mutation.
#pragma once

#include <cstddef>
#include <vector>

namespace picket {

// `tells[i][k]`: whether the i-th says something of the k-th. Some that together say of all of which any does;
// greedily: always the one that says most of what none before it has said of, the first of equals.
[[nodiscard]] std::vector<std::size_t> few_that_tell_all(const std::vector<std::vector<bool>>& tells);

}  // namespace picket
