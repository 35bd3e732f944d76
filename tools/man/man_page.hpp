// Manual pages in troff, by the macros of man(7).
#pragma once

#include <span>
#include <string>

#include "tools/surface/surface.hpp"

namespace picket {

// picket(1): the program and its commands.
[[nodiscard]] std::string program_page(std::span<const CommandSurface> commands);
// picket-test(1) and its like; with the subcommands of the command.
[[nodiscard]] std::string command_page(const CommandSurface& command);

}  // namespace picket
