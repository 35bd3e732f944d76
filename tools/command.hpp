// A subcommand of `picket`, and the table of them. To add one, write its declare function and a row in commands.cpp.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tools/arguments.hpp"
#include "tools/exit_status.hpp"
#include "tools/terminal/console.hpp"

namespace CLI {  // NOLINT(readability-identifier-naming): as CLI11 spells it
class App;
}

namespace picket {

// What is left to do once the command line is understood.
using Action = std::function<ExitStatus(Console&)>;

struct Command {
  std::string_view name;
  std::string_view summary;  // one line, no full stop
  // Declares options and arguments on `app` and returns the action. What the options write to lives in the action.
  Action (*declare)(Arguments& app);
};

// In the order in which help lists them.
[[nodiscard]] std::span<const Command> commands();

// What every command takes.
struct CommonOptions {
  std::string color = "auto";
};

// Declares all that the command takes: its own, --help and --color.
[[nodiscard]] Action declare_whole(const Command& command, CLI::App& app, CommonOptions& common);

}  // namespace picket
