// `picket test`, also installed as `ruletest`: runs the tests of rules.
#pragma once

#include "tools/command.hpp"

namespace picket {

[[nodiscard]] Action declare_test(Arguments& app);

}  // namespace picket
