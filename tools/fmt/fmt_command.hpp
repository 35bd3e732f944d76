// `picket fmt`: formats rule files in place, or tells what it would change.
#pragma once

#include "tools/command.hpp"

namespace picket {

[[nodiscard]] Action declare_fmt(Arguments& app);

}  // namespace picket
