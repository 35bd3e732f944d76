// Correlation rules: their names are looked up, and whatever keeps one from firing is told. Internal to engine/analyse.
#pragma once

#include <vector>

#include "engine/analyse/checked.hpp"
#include "engine/pack/pack.hpp"
#include "grammar/text/diagnostic.hpp"

namespace picket {

class AttackTable;

// Those of the pack that are sound. `attack` is null if lints are not asked for.
//
// A `RuleID` must name a rule of the pack. Where only files were named, or only correlation rules loaded, a note says
// that nothing is known of it: somebody checks the file that he is at work on.
[[nodiscard]] std::vector<CheckedCorrelation> analyse_correlations(const Pack& pack, const AttackTable* attack,
                                                                   Diagnostics& diagnostics);

}  // namespace picket
