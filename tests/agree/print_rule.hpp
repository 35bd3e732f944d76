// Rules, libraries and data models as a file of a pack would hold them: for reports, which show what shrinking has
// left of them.
#pragma once

#include <string>

#include "engine/frontend/rule.hpp"

namespace picket::tests {

[[nodiscard]] std::string print_rule(const Rule& rule);
[[nodiscard]] std::string print_library(const Library& library);
[[nodiscard]] std::string print_data_model(const DataModel& model);

}  // namespace picket::tests
