// One conformance case, evaluated by the front door of the engine: parse, analyse, interpret.
#pragma once

#include <string>

#include "tests/conformance/case_file.hpp"

namespace picket::tests {

// Returns what is wrong with the result in words ("expected true, got false"), or nothing at all if the case holds.
[[nodiscard]] std::string evaluate_case(const ConformanceCase& tested);

// Returns the errors of the text under test, or nothing if it compiles; nothing is evaluated.
[[nodiscard]] std::string compile_errors(const ConformanceCase& tested);

}  // namespace picket::tests
