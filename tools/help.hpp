// The help texts, made from the table of commands and from what each command declares.
#pragma once

#include <string>

namespace CLI {  // NOLINT(readability-identifier-naming): as CLI11 spells it
class App;
}

namespace picket {

// `picket --help`.
[[nodiscard]] std::string program_help();
// `picket COMMAND --help`: usage, arguments, options, and the command's footer.
[[nodiscard]] std::string command_help(const CLI::App& app);

}  // namespace picket
