// For zsh: a function for each command, which hands its options to _arguments.
#include "tools/completions/scripts.hpp"

namespace picket {
namespace {

// Within a specification of _arguments `[`, `]`, `:` and backslashes mean something.
std::string plain(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (std::string_view("\\[]:").find(c) != std::string_view::npos) escaped += '\\';
    escaped += c;
  }
  return escaped;
}

// ":FILE:_files", ":WHAT:(a b)".
std::string value_of(const CommandOption& option) {
  const std::string message = option.choices.empty() ? plain(option.value) : "value";
  if (option.takes_file && !option.choices.empty()) return ":" + message + ":_picket_report";
  if (!option.choices.empty()) return ":" + message + ":(" + joined(option.choices) + ")";
  return ":" + message + ":" + (option.takes_file ? "_files" : " ");
}

std::string specification(const CommandOption& option) {
  const bool value = !option.value.empty();
  std::string rest = "[" + plain(option.description) + "]" + (value ? value_of(option) : "");
  std::string text;
  for (const std::string& name : option.names) {
    std::string head = option.repeats ? "*" : "(" + joined(option.names) + ")";
    // A value of a long option may follow an equals sign.
    head += name + (value && name.starts_with("--") ? "=" : "");
    text += " \\\n    " + quoted_for_sh(head + rest);
  }
  return text;
}

std::string function_name(const std::string& name) {
  std::string text = "_picket_" + name;
  for (char& c : text) c = c == ' ' ? '_' : c;
  return text;
}

// The words of FORMAT=FILE, then files.
std::string report_function(std::span<const CommandSurface> commands) {
  std::string words;
  for (const CommandSurface& command : commands) {
    for (const CommandOption& option : command.options) {
      if (!option.takes_file || option.choices.empty()) continue;
      words += "    " + command.name + ") formats=(" + joined(option.choices) + ") ;;\n";
    }
  }
  return "_picket_report() {\n  local -a formats\n  case $picket_command in\n" + words +
         "  esac\n  if compset -P '*='; then _files; else compadd -S '' -a formats; fi\n}\n\n";
}

std::string function(const std::string& name, const CommandSurface& command) {
  std::string text = function_name(name) + "() {\n  local picket_command=" + command.name + "\n";
  for (const CommandSurface& subcommand : command.subcommands) {
    text += "  if [[ ${words[2]} == " + subcommand.name + " ]] && ((CURRENT > 2)); then\n    shift words\n" +
            "    ((CURRENT--))\n    " + function_name(name + " " + subcommand.name) + "\n    return\n  fi\n";
  }
  text += "  _arguments -s -S";
  for (const CommandOption& option : command.options) text += specification(option);
  std::vector<std::string> subcommands;
  for (const CommandSurface& subcommand : command.subcommands) subcommands.push_back(subcommand.name);
  if (!subcommands.empty()) text += " \\\n    " + quoted_for_sh("1:command or path:(" + joined(subcommands) + ")");
  for (const CommandOption& argument : command.arguments) {
    text += " \\\n    " + quoted_for_sh((argument.repeats ? "*" : "") + value_of(argument));
  }
  text += "\n}\n\n";
  for (const CommandSurface& subcommand : command.subcommands)
    text += function(name + " " + subcommand.name, subcommand);
  return text;
}

}  // namespace

std::string zsh_script(std::span<const CommandSurface> commands) {
  std::string text =
      "#compdef picket ruletest\n# Completions of picket and ruletest for zsh; `picket completions zsh` prints "
      "them.\n\n";
  text += report_function(commands);
  std::string described;
  std::string arms;
  for (const CommandSurface& command : commands) {
    text += function(command.name, command);
    described += "    " + quoted_for_sh(plain(command.name) + ":" + command.summary) + "\n";
    arms += "    " + command.name + ") " + function_name(command.name) + " ;;\n";
  }
  text +=
      "_picket() {\n  if [[ ${service:-picket} == ruletest ]]; then\n    _picket_test\n    return\n  fi\n"
      "  local -a commands=(\n" +
      described +
      "  )\n"
      "  if ((CURRENT == 2)); then\n    _describe -t commands command commands\n    return\n  fi\n"
      "  if [[ ${words[2]} == help ]]; then\n    _describe -t commands command commands\n    return\n  fi\n"
      "  shift words\n  ((CURRENT--))\n  case ${words[1]} in\n" +
      arms +
      "  esac\n}\n\n"
      "if [[ ${funcstack[1]-} == _picket ]]; then\n  _picket \"$@\"\nelse\n  compdef _picket picket ruletest\nfi\n";
  return text;
}

}  // namespace picket
