// `picket run`: judges the events of files or of standard input, and writes alerts. The door of tools/run.
#pragma once

#include "tools/command.hpp"

namespace picket {

[[nodiscard]] Action declare_run(Arguments& app);

}  // namespace picket
