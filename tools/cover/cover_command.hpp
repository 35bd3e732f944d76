// `picket cover`: what the tests of rules leave untried.
#pragma once

#include "tools/command.hpp"

namespace picket {

[[nodiscard]] Action declare_cover(Arguments& app);

}  // namespace picket
