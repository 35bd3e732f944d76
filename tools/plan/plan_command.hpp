// `picket plan`: shows how rules are found by the values of events, and which of them cost most.
#pragma once

#include "tools/command.hpp"

namespace picket {

[[nodiscard]] Action declare_plan(Arguments& app);

}  // namespace picket
