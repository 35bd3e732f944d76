// unindexed-condition: rules that no value of an event leads to, so that each event of their log types must be held
// against them. A lint that only a plan can tell, and so no row of engine/analyse/lints.
#pragma once

#include "engine/ruleset/ruleset.hpp"
#include "grammar/text/diagnostic.hpp"

namespace picket {

// Reports them at their conditions. Of rules only: a policy, and a rule on the results of a query, is there to judge
// each of them.
void lint_unindexed_conditions(const RuleSet& rules, Diagnostics& diagnostics);

}  // namespace picket
