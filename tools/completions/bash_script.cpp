// For bash: one function, with an arm for each command. Words that stand in the script are those of our own tables,
// and hold nothing that a shell would expand.
#include "tools/completions/scripts.hpp"

namespace picket {
namespace {

// How a value is completed, as a statement.
std::string completion_of(const CommandOption& option) {
  if (option.takes_file && !option.choices.empty()) return "_picket_words \"" + joined(option.choices) + "\" nospace";
  if (!option.choices.empty()) return "_picket_words \"" + joined(option.choices) + "\"";
  return option.takes_file ? "_picket_files" : ":";
}

// The arm of a command: values of the option before the cursor, else options, else arguments.
std::string arm(const std::string& name, const CommandSurface& command) {
  std::string text = "    '" + name + "')\n      case \"$prev\" in\n";
  std::string all;
  for (const CommandOption& option : command.options) {
    std::string names;
    for (const std::string& one : option.names) names += (names.empty() ? "" : "|") + one;
    for (const std::string& one : option.names) all += (all.empty() ? "" : " ") + one;
    if (!option.value.empty()) text += "        " + names + ") " + completion_of(option) + "; return ;;\n";
  }
  text += "      esac\n      if [[ $cur == -* ]]; then _picket_words \"" + all + "\"; return; fi\n";
  std::vector<std::string> words;
  for (const CommandSurface& subcommand : command.subcommands) words.push_back(subcommand.name);
  bool files = false;
  for (const CommandOption& argument : command.arguments) {
    words.insert(words.end(), argument.choices.begin(), argument.choices.end());
    files |= argument.takes_file;
  }
  if (files) text += "      _picket_files\n";
  if (!words.empty()) text += "      _picket_words \"" + joined(words) + "\"\n";
  return text + "      ;;\n";
}

constexpr std::string_view functions = R"(
# Adds those of the words that begin with what is written. "nospace": the word goes on.
_picket_words() {
  COMPREPLY+=($(compgen -W "$1" -- "$cur"))
  if [[ ${2-} == nospace ]]; then compopt -o nospace 2>/dev/null; fi
}

_picket_files() {
  local IFS=$'\n'
  COMPREPLY+=($(compgen -f -- "$cur"))
  compopt -o filenames 2>/dev/null
}

_picket() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command=
  COMPREPLY=()
  # bash splits `--format=json` and `--output junit=FILE` at the equals sign.
  if [[ $cur == = ]]; then
    cur=
  elif [[ $prev == = ]]; then
    prev=${COMP_WORDS[COMP_CWORD-2]}
  fi
  if [[ ${COMP_WORDS[COMP_CWORD-1]} == = || ${COMP_WORDS[COMP_CWORD]} == = ]] && [[ $prev != -* ]]; then
    _picket_files
    return
  fi
)";

}  // namespace

std::string quoted_for_sh(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::string bash_script(std::span<const CommandSurface> commands) {
  std::vector<std::string> names;
  std::string arms;
  std::string nested;
  for (const CommandSurface& command : commands) {
    names.push_back(command.name);
    arms += arm(command.name, command);
    for (const CommandSurface& subcommand : command.subcommands) {
      arms += arm(command.name + " " + subcommand.name, subcommand);
      nested += "  if [[ $command == " + command.name +
                " && $COMP_CWORD -gt 2 && ${COMP_WORDS[2]} == " + subcommand.name + " ]]; then command='" +
                command.name + " " + subcommand.name + "'; fi\n";
    }
  }
  std::string text = "# Completions of picket and ruletest for bash; `picket completions bash` prints them.\n";
  text += functions;
  text +=
      "  if [[ ${COMP_WORDS[0]##*/} == ruletest ]]; then\n    command=test\n  elif ((COMP_CWORD > 1)); then\n"
      "    command=${COMP_WORDS[1]}\n  fi\n";
  text += nested;
  text += "  case \"$command\" in\n    '')\n      _picket_words \"" + joined(names) +
          " help --help --version\"\n      ;;\n    help)\n      _picket_words \"" + joined(names) + "\"\n      ;;\n";
  text += arms + "  esac\n}\n\ncomplete -F _picket picket ruletest\n";
  return text;
}

}  // namespace picket
