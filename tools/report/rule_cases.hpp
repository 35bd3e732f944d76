// Findings about rules as servers of continuous integration count them: a case for each rule, which fails if anything
// was found in it.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "tools/report/finding.hpp"

namespace picket {

// The findings are about these rules. `command` names the suite ("picket cover").
[[nodiscard]] std::string junit_of_rules(std::string_view command, std::span<const RuleMetadata* const> rules,
                                         std::span<const Finding> findings);
[[nodiscard]] std::string tap_of_rules(std::span<const RuleMetadata* const> rules, std::span<const Finding> findings);

}  // namespace picket
