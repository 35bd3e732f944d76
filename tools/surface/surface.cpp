#include "tools/surface/surface.hpp"

#include <CLI/CLI.hpp>

#include <string_view>

#include "grammar/text/diagnostic.hpp"
#include "tools/command.hpp"

namespace picket {
namespace {

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t end = text.find(separator);
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

// What a value can be is told by the name that its declaration gives it.
void add_values(CommandOption& option, const CLI::App& app) {
  const std::string& value = option.value;
  option.takes_file =
      value.ends_with("PATH") || value.ends_with("FILE") || value == "INPUT" || value == "TABLE" || value == "FOLDER";
  if (value.find('|') != std::string::npos) {
    option.choices = split(value, '|');
  } else if (value == "CODE") {
    for (const CodeRow& row : diagnostic_codes()) option.choices.emplace_back(row.word);
  } else if (value == "COMMAND") {
    for (const Command& command : commands()) option.choices.emplace_back(command.name);
  } else if (value == "FORMAT=FILE") {
    const CLI::Option* formats = app.get_option_no_throw("--format");
    if (formats == nullptr) return;
    for (const std::string& name : split(formats->get_type_name(), '|')) option.choices.push_back(name + "=");
  }
}

CommandOption surface_of(const CLI::Option& declared, const CLI::App& app) {
  CommandOption option;
  if (!declared.get_positional()) {
    for (const std::string& name : declared.get_snames()) option.names.push_back("-" + name);
    for (const std::string& name : declared.get_lnames()) option.names.push_back("--" + name);
  }
  if (declared.get_type_size() != 0) option.value = declared.get_type_name();
  option.required = declared.get_required();
  option.repeats = declared.get_items_expected_max() > 1;
  option.description = declared.get_description();
  add_values(option, app);
  return option;
}

CommandSurface surface_of(const CLI::App& app, std::string name) {
  CommandSurface surface;
  surface.name = std::move(name);
  surface.summary = app.get_description();
  surface.footer = app.get_footer();
  for (const CLI::Option* option : app.get_options()) {
    (option->get_positional() ? surface.arguments : surface.options).push_back(surface_of(*option, app));
  }
  for (const CLI::App* subcommand : app.get_subcommands([](const CLI::App*) { return true; })) {
    surface.subcommands.push_back(surface_of(*subcommand, subcommand->get_name()));
  }
  return surface;
}

}  // namespace

std::vector<CommandSurface> command_surfaces() {
  std::vector<CommandSurface> surfaces;
  for (const Command& command : commands()) {
    CLI::App app{std::string(command.summary)};
    CommonOptions common;
    static_cast<void>(declare_whole(command, app, common));
    surfaces.push_back(surface_of(app, std::string(command.name)));
  }
  return surfaces;
}

}  // namespace picket
