// `picket mutate`: mistakes that the tests of rules would not notice.
#pragma once

#include "tools/command.hpp"

namespace picket {

[[nodiscard]] Action declare_mutate(Arguments& app);

}  // namespace picket
