// The packs in rules/, as a scenario without steps.
#pragma once

#include <string>
#include <vector>

#include "tests/agree/agreement.hpp"

namespace picket::tests {

// REQUIRES: the packs load without errors, which other tests see to.
[[nodiscard]] Scenario shipped_rules();

// Every log type that a rule names, once each.
[[nodiscard]] std::vector<std::string> log_types_of(const Pack& pack);

// The event with another `p_log_type`. REQUIRES: an object.
[[nodiscard]] Value with_log_type(const Value& event, const std::string& log_type);

}  // namespace picket::tests
