#include "tools/man/man_command.hpp"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <system_error>

#include "engine/edit/replace_file.hpp"
#include "tools/man/man_page.hpp"
#include "tools/terminal/display.hpp"
#include "tools/terminal/unknown_word.hpp"

namespace picket {
namespace {

struct ManOptions {
  std::string command;
  std::string folder;
};

bool write_page(const std::string& file, const std::string& text, Console& console) {
  const auto reason = write_file(file, text);
  if (reason) console.err().line("picket man: " + escape_controls(file) + ": " + *reason);
  return !reason;
}

ExitStatus write_pages(const std::vector<CommandSurface>& commands, const std::string& folder, Console& console) {
  std::error_code ignored;  // what keeps the folder from being made keeps the pages from being written
  std::filesystem::create_directories(folder, ignored);
  bool written = write_page(folder + "/picket.1", program_page(commands), console) &&
                 write_page(folder + "/ruletest.1", ".so man1/picket-test.1\n", console);
  for (const CommandSurface& command : commands) {
    if (!written) break;
    std::string file = folder;
    file.append("/picket-").append(command.name).append(".1");
    written = write_page(file, command_page(command), console);
  }
  return written ? ExitStatus::fine : ExitStatus::could_not;
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
  names.reserve(commands.size());
  for (const CommandSurface& command : commands) names.push_back(command.name);
  console.err().line("picket man: " + unknown_word("command", options.command, names));
  return ExitStatus::could_not;
}

}  // namespace

Action declare_man(Arguments& app) {
  const auto options = std::make_shared<ManOptions>();
  app.add_option("command", options->command, "the command whose page it is (default: that of picket itself)")
      .type_name("COMMAND");
  app.add_option("--directory", options->folder, "write all pages into a folder").type_name("FOLDER");
  app.footer(
      "Examples:\n"
      "  picket man test | man -l -\n"
      "  picket man --directory ~/.local/share/man/man1\n");
  return [options](Console& console) { return man(*options, console); };
}

}  // namespace picket
