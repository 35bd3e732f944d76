// Tests that kill mutants, put into a rule's file as its author would have written them.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/edit/edit.hpp"
#include "engine/frontend/correlation_rule.hpp"
#include "engine/frontend/rule.hpp"
#include "engine/mutation/mutate.hpp"

namespace picket {

// Edits that add a test for each killer behind the tests that there are, in their indentation and style. A test whose
// event is near to that of another repeats it by a merge key (`<<: *event`) and says what differs; for that the other
// one is given an anchor if it has none. Comments, and every byte that is no part of this, stay.
[[nodiscard]] std::vector<Edit> test_edits(const Rule& rule, std::span<const Killer> killers);
[[nodiscard]] std::vector<Edit> test_edits(const CorrelationRule& rule, std::span<const Killer> killers);

// What such a test is called: the name of the test that it begins with, and what is changed.
[[nodiscard]] std::string test_name(const KillingEvent& event);
[[nodiscard]] std::string test_name(const KillingTimes& killer);
[[nodiscard]] std::string test_name(const KillingSignals& killer);

}  // namespace picket
