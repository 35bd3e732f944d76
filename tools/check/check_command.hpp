// `picket check`: reports everything that is wrong with rules, without running their tests.
#pragma once

#include "tools/command.hpp"

namespace picket {

[[nodiscard]] Action declare_check(Arguments& app);

}  // namespace picket
