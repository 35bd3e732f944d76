#include "tools/man/man_command.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>
#include <optional>

#include "engine/edit/replace_file.hpp"
#include "grammar/text/nearest.hpp"
#include "tools/man/man_page.hpp"
#include "tools/terminal/display.hpp"

namespace picket {
namespace {

struct ManOptions {
  std::string command;
  std::string folder;
};

ExitStatus write_pages(const std::vector<CommandSurface>& commands, const std::string& folder, Console& console) {
  std::vector<std::pair<std::string, std::string>> pages = {{"picket.1", program_page(commands)},
                                                            {"ruletest.1", ".so man1/picket-test.1\n"}};
  for (const CommandSurface& command : commands)
    pages.emplace_back("picket-" + command.name + ".1", command_page(command));
  for (const auto& [name, text] : pages) {
    if (const auto reason = write_file(folder + "/" + name, text)) {
      console.err().line("picket man: " + escape_controls(folder + "/" + name) + ": " + *reason);
      return ExitStatus::could_not;
    }
  }
  return ExitStatus::fine;
}

ExitStatus man(const ManOptions& options, Console& console) {
  const std::vector<CommandSurface> commands = command_surfaces();
  if (!options.folder.empty()) return write_pages(commands, options.folder, console);
  if (options.command.empty()) {
    console.out().write(program_page(commands));
    return ExitStatus::fine;
  }
  const auto found = std::find_if(commands.begin(), commands.end(),
                                  [&](const CommandSurface& command) { return command.name == options.command; });
  if (found != commands.end()) {
    console.out().write(command_page(*found));
    return ExitStatus::fine;
  }
  std::vector<std::string> names;
  for (const CommandSurface& command : commands) names.push_back(command.name);
  const auto meant = nearest(options.command, names);
  console.err().line("picket man: there is no command `" + escape_controls(options.command) + "`" +
                     (meant ? "; did you mean `" + *meant + "`?" : ""));
  return ExitStatus::could_not;
}

}  // namespace

Action declare_man(CLI::App& app) {
  const auto options = std::make_shared<ManOptions>();
  app.add_option("command", options->command, "the command whose page it is (default: that of picket itself)")
      ->type_name("COMMAND");
  app.add_option("--directory", options->folder, "write all pages into a folder")->type_name("FOLDER");
  app.footer(
      "Examples:\n"
      "  picket man test | man -l -\n"
      "  picket man --directory ~/.local/share/man/man1\n");
  return [options](Console& console) { return man(*options, console); };
}

}  // namespace picket
