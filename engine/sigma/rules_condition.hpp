// The `condition` of a Sigma correlation: which of its rules must be there, as a text (`a and b and not c`) or as a
// number of them; or what a measure must be. Internal to engine/sigma.
#pragma once

#include <vector>

#include "engine/frontend/correlation_rule.hpp"
#include "engine/sigma/sigma_document.hpp"
#include "engine/yaml/node.hpp"

namespace picket::sigma {

// Reads a text over the ids of the rule's items. Items of which it says nothing are taken out, with a warning; those
// behind a `not` become absences. Of an ordered rule the absences come last, and nothing but `and` may join the others.
void read_rules_condition(SigmaDocument& document, const yaml::Node& node, CorrelationRule& rule);

// The names that such a text holds, in their order, each once; none of a text that is not well formed.
[[nodiscard]] std::vector<Located<std::string>> names_in_condition(const SourcePtr& source, const yaml::Node& node);

// Reads comparisons: of the rule's measure, or of how many of its rules must be there where it has none. `fields`:
// those whose values are measured.
void read_comparisons(SigmaDocument& document, const yaml::Mapping::Entry& condition, CorrelationRule& rule,
                      std::vector<Located<std::string>>& fields);

}  // namespace picket::sigma
