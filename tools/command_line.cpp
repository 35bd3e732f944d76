#include "tools/command_line.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstring>
#include <exception>
#include <new>
#include <optional>

#include "tools/help.hpp"
#include "tools/terminal/display.hpp"
#include "tools/terminal/unknown_word.hpp"

namespace picket {
namespace {

ExitStatus usage_error(Console& console, std::string_view program, std::string_view message) {
  Output& err = console.err();
  const Palette paint = err.palette();
  err.line(std::string(program) + ": " + paint(Style::error, "error") + ": " + std::string(message));
  err.line("Try `" + std::string(program) + " --help`.");
  return ExitStatus::could_not;
}

// The subcommand of the command that the user asked for, else the command itself.
const CLI::App& asked_for(const CLI::App& app) {
  const std::vector<CLI::App*> parsed = app.get_subcommands();
  return parsed.empty() ? app : *parsed.front();
}

std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    for (const std::string& name : option->get_snames()) names.push_back("-" + name);
  }
  return names;
}

// Our words for what CLI11 found wrong with the command line.
std::string message_of(const CLI::ParseError& error, const CLI::App& app) {
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
    const std::vector<std::string> rest = app.remaining(true);
    if (rest.empty()) return error.what();
    const std::string& word = rest.front();
    if (!word.starts_with('-')) return "unexpected argument `" + escape_controls(word) + "`";
    return unknown_word("option", word.substr(0, word.find('=')), option_names(asked_for(app)));
  }
  return escape_controls(error.what());
}

ColorChoice color_choice(const std::string& word) {
  if (word == "always") return ColorChoice::always;
  return word == "never" ? ColorChoice::never : ColorChoice::automatic;
}

ExitStatus finish(Console& console, std::string_view program, ExitStatus status) {
  console.out().flush();
  if (const int failure = console.out().failure(); failure != 0) {
    console.err().line(std::string(program) + ": cannot write the results: " + std::strerror(failure));
    return ExitStatus::could_not;
  }
  return status;
}

ExitStatus run_command(const Command& command, const std::string& program, std::vector<std::string> arguments,
                       Console& console) {
  CLI::App app{std::string(command.summary), program};
  CommonOptions common;
  const Action action = declare_whole(command, app, common);
  std::reverse(arguments.begin(), arguments.end());  // as CLI11 wants them
  try {
    app.parse(arguments);
  } catch (const CLI::CallForHelp&) {
    console.out().write(command_help(asked_for(app)));
    return finish(console, program, ExitStatus::fine);
  } catch (const CLI::ParseError& error) {
    return usage_error(console, program, message_of(error, app));
  }
  console.choose_color(color_choice(common.color));
  return finish(console, program, action(console));
}

const Command* find_command(std::string_view name) {
  for (const Command& command : commands()) {
    if (command.name == name) return &command;
  }
  return nullptr;
}

ExitStatus unknown_command(Console& console, const std::string& word) {
  if (word.starts_with('-')) {
    return usage_error(console, "picket", unknown_word("option", word, {"--help", "--version", "-h"}));
  }
  std::vector<std::string> names;
  for (const Command& command : commands()) names.emplace_back(command.name);
  return usage_error(console, "picket", unknown_word("command", word, names));
}

ExitStatus dispatch(const std::vector<std::string>& arguments, Console& console) {
  const std::string path = arguments.empty() ? "picket" : arguments.front();
  const bool ruletest = path.substr(path.rfind('/') + 1) == "ruletest";
  std::vector<std::string> rest(arguments.begin() + (arguments.empty() ? 0 : 1), arguments.end());
  const std::string first = rest.empty() ? "" : rest.front();
  if (first == "--version" || (first == "version" && !ruletest)) {
    console.out().line(std::string(ruletest ? "ruletest (picket) " : "picket ") + PICKET_VERSION);
    return finish(console, "picket", ExitStatus::fine);
  }
  if (ruletest) return run_command(*find_command("test"), "ruletest", std::move(rest), console);
  if (rest.empty()) {
    console.err().write(program_help());
    return ExitStatus::could_not;
  }
  rest.erase(rest.begin());
  if (first == "help" && !rest.empty()) {
    if (find_command(rest.front()) == nullptr) return unknown_command(console, rest.front());
    return run_command(*find_command(rest.front()), "picket " + rest.front(), {"--help"}, console);
  }
  if (first == "help" || first == "--help" || first == "-h") {
    console.out().write(program_help());
    return finish(console, "picket", ExitStatus::fine);
  }
  const Command* command = find_command(first);
  if (command == nullptr) return unknown_command(console, first);
  return run_command(*command, "picket " + first, std::move(rest), console);
}

ExitStatus internal_error(Console& console, std::string_view what) {
  console.err().line("picket: internal error: " + escape_controls(what));
  console.err().line(
      "This is a fault of Picket, not of your rules or logs; please report it with the command you gave.");
  return ExitStatus::internal_error;
}

}  // namespace

Action declare_whole(const Command& command, CLI::App& app, CommonOptions& common) {
  app.set_help_flag("-h,--help", "show this help");
  Arguments arguments(app);
  Action action = command.declare(arguments);
  add_choice(arguments, "--color", common.color, {"auto", "always", "never"}, "when to use colours (default: auto)");
  return action;
}

ExitStatus run_command_line(const std::vector<std::string>& arguments, Console& console) {
  try {
    return dispatch(arguments, console);
  } catch (const std::bad_alloc&) {
    return internal_error(console, "out of memory");
  } catch (const std::exception& error) {
    return internal_error(console, error.what());
  }
}

}  // namespace picket
