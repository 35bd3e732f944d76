// From a scenario in which the engines differ to one that a person can read.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>

#include "tests/agree/agreement.hpp"
#include "tests/agree/chance.hpp"

namespace picket::tests {

// find_difference(), or for the tests of shrinking something that stands in for it.
using FindDifference = std::function<std::optional<Difference>(const Scenario&)>;

// Leaves out steps, rules, their texts and lines, and parts of the events' texts, greedily, as long as there still is a
// difference. REQUIRES: there is one.
[[nodiscard]] Scenario shrunk(Scenario scenario, const FindDifference& find);

// Everything that is needed to see the difference again: rules as their files would hold them, texts, both verdicts.
[[nodiscard]] std::string report(const Scenario& scenario, const Difference& difference, const std::string& origin);

// Judges the scenario by both engines; a difference is shrunk and fails the running test with a report. Returns whether
// they agree. Adds what was compared to `tally`.
bool check_agreement(const Scenario& scenario, const std::string& origin, Tally& tally);

}  // namespace picket::tests
