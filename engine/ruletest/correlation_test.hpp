// The tests of correlation rules. Internal to engine/ruletest.
#pragma once

#include "engine/ruletest/ruletest.hpp"

namespace picket {

// REQUIRES: the case is of a correlation rule.
[[nodiscard]] TestResult run_correlation_test(const TestCase& test_case);

}  // namespace picket
