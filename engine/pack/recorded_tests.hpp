// Events that were recorded for a Sigma rule, as tests of it (`regression_tests_path`, as SigmaHQ's repository has
// them).
#pragma once

#include <vector>

#include "engine/frontend/rule.hpp"
#include "engine/yaml/node.hpp"
#include "grammar/text/diagnostic.hpp"

namespace picket {

// A test for each event beside the `info.yml` that the document names, which is sought from the rule's folder upwards;
// none if it is not there. Where only some of the events must match, nothing says which: then they are no tests, which
// a note tells. Places are that of the name in the rule's file.
[[nodiscard]] std::vector<RuleTest> recorded_tests(const SourcePtr& source, const yaml::Node& document,
                                                   Diagnostics& diagnostics);

}  // namespace picket
