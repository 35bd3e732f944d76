// What the command line offers, as data: read from what the commands declare, for whoever describes it in another
// language (shells' completions, man pages).
#pragma once

#include <string>
#include <vector>

namespace picket {

struct CommandOption {
  std::vector<std::string> names;    // "-v", "--verbose": the short ones first; of an argument none
  std::string value;                 // "FILE", "human|json"; empty: a flag
  std::vector<std::string> choices;  // the values there are, if they can be listed
  bool takes_file = false;           // a path, alone or behind one of the choices ("junit=")
  bool required = false;
  bool repeats = false;
  std::string description;
};

struct CommandSurface {
  std::string name;     // "test", "import"
  std::string summary;  // one line
  std::vector<CommandOption> arguments;
  std::vector<CommandOption> options;
  std::string footer;  // as help shows it
  std::vector<CommandSurface> subcommands;
};

// Of every command, in the order of help.
[[nodiscard]] std::vector<CommandSurface> command_surfaces();

}  // namespace picket
