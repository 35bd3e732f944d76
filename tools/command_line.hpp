// From argv to an exit status: finds the subcommand, reads its options, runs it. The door of tools.
#pragma once

#include <string>
#include <vector>

#include "tools/command.hpp"

namespace picket {

// `arguments` includes the program's own name: called `ruletest`, the program is `picket test`. Never throws.
[[nodiscard]] ExitStatus run_command_line(const std::vector<std::string>& arguments, Console& console);

}  // namespace picket
