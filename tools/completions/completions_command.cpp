#include "tools/completions/completions_command.hpp"

#include <array>
#include <memory>

#include "tools/completions/scripts.hpp"

namespace picket {
namespace {

struct Shell {
  std::string_view name;
  std::string (*script)(std::span<const CommandSurface> commands);
};
constexpr std::array shells{Shell{"bash", bash_script}, Shell{"zsh", zsh_script}, Shell{"fish", fish_script}};

ExitStatus print_script(const std::string& name, Console& console) {
  const std::vector<CommandSurface> commands = command_surfaces();
  for (const Shell& shell : shells) {
    if (shell.name == name) console.out().write(shell.script(commands));
  }
  return ExitStatus::fine;
}

}  // namespace

Action declare_completions(Arguments& app) {
  const auto shell = std::make_shared<std::string>();
  std::vector<std::string> names;
  for (const Shell& one : shells) names.emplace_back(one.name);
  add_choice(app, "shell", *shell, names, "the shell").required();
  app.footer(
      "Examples:\n"
      "  source <(picket completions bash)                      in this shell\n"
      "  picket completions bash > ~/.local/share/bash-completion/completions/picket\n"
      "  picket completions zsh > \"${fpath[1]}/_picket\"\n"
      "  picket completions fish > ~/.config/fish/completions/picket.fish\n");
  return [shell](Console& console) { return print_script(*shell, console); };
}

}  // namespace picket
