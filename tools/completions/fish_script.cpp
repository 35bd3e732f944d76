// For fish: a `complete` for each option of each command, and once more for `ruletest`.
#include "tools/completions/scripts.hpp"

namespace picket {
namespace {

std::string quoted(std::string_view text) {
  std::string escaped = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') escaped += '\\';
    escaped += c;
  }
  return escaped + "'";
}

std::string names_of(const CommandOption& option) {
  std::string text;
  for (const std::string& name : option.names) {
    text += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
  }
  return text;
}

// -x: a value, no file; -r: a value, which may be a file.
std::string values_of(const CommandOption& option) {
  if (option.value.empty()) return {};
  std::string text = option.takes_file ? " -r -F" : " -x";
  if (!option.choices.empty()) text += " -a " + quoted(joined(option.choices));
  return text;
}

// `condition` is empty, or a command of fish that tells whether this is the command meant.
std::string lines_of(const CommandSurface& command, const std::string& program, const std::string& condition) {
  const std::string head = "complete -c " + program + (condition.empty() ? "" : " -n " + quoted(condition));
  std::string text;
  for (const CommandOption& option : command.options) {
    text += head + names_of(option) + values_of(option) + " -d " + quoted(option.description) + "\n";
  }
  for (const CommandOption& argument : command.arguments) {
    if (argument.takes_file) text += head + " -F\n";
    if (!argument.choices.empty()) text += head + " -a " + quoted(joined(argument.choices)) + "\n";
  }
  return text;
}

}  // namespace

std::string fish_script(std::span<const CommandSurface> commands) {
  std::string names = "help";
  for (const CommandSurface& command : commands) names += " " + command.name;
  std::string text =
      "# Completions of picket and ruletest for fish; `picket completions fish` prints them.\n\n"
      "complete -c picket -f\ncomplete -c ruletest -f\n"
      "complete -c picket -n 'not __fish_seen_subcommand_from " +
      names +
      "' -l version -d 'show the version'\n"
      "complete -c picket -n '__fish_seen_subcommand_from help' -a " +
      quoted(names) + "\n";
  for (const CommandSurface& command : commands) {
    text += "\ncomplete -c picket -n 'not __fish_seen_subcommand_from " + names + "' -a " + command.name + " -d " +
            quoted(command.summary) + "\n";
    std::string condition = "__fish_seen_subcommand_from " + command.name;
    for (const CommandSurface& subcommand : command.subcommands) {
      const std::string own = condition + "; and __fish_seen_subcommand_from " + subcommand.name;
      text += "complete -c picket -n " + quoted(condition) + " -a " + subcommand.name + " -d " +
              quoted(subcommand.summary) + "\n" + lines_of(subcommand, "picket", own);
    }
    for (const CommandSurface& subcommand : command.subcommands) {
      condition += "; and not __fish_seen_subcommand_from " + subcommand.name;
    }
    text += lines_of(command, "picket", condition);
    if (command.name == "test") text += "\n" + lines_of(command, "ruletest", "");
  }
  return text;
}

}  // namespace picket
