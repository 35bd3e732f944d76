#include "tools/help.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <string_view>
#include <vector>

#include "tools/command.hpp"
#include "tools/terminal/display.hpp"

namespace picket {
namespace {

constexpr std::size_t page_columns = 100;
constexpr std::string_view exit_statuses =
    "Exit status: 0 fine; 1 tests failed or errors were found; 2 the job could not be done (usage, unreadable\n"
    "input, a broken pack); 3 internal error; 4 nothing was selected.\n";

struct Row {
  std::string left;
  std::string right;
};

std::string table(std::string_view heading, const std::vector<Row>& rows) {
  if (rows.empty()) return {};
  std::size_t width = 0;
  for (const Row& row : rows) width = std::max(width, row.left.size());
  width = std::min<std::size_t>(width, 34);
  std::string text = "\n" + std::string(heading) + ":\n";
  for (const Row& row : rows) {
    text += "  " + row.left;
    if (row.left.size() > width) {
      text += "\n" + std::string(width + 4, ' ');
    } else {
      text.append(width - row.left.size() + 2, ' ');
    }
    text += wrap(row.right, page_columns, width + 4) + "\n";
  }
  return text;
}

// "-v, --verbose", "    --format human|json".
Row option_row(const CLI::Option& option) {
  std::string left;
  for (const std::string& name : option.get_snames()) left += "-" + name + ", ";
  if (left.empty()) left = "    ";
  for (const std::string& name : option.get_lnames()) left += "--" + name + ", ";
  left.resize(left.size() - 2);
  if (option.get_type_size() != 0 && !option.get_type_name().empty()) left += " " + option.get_type_name();
  return {left, option.get_description()};
}

}  // namespace

std::string program_help() {
  std::vector<Row> rows;
  for (const Command& command : commands()) {
    rows.push_back({std::string(command.name), std::string(command.summary)});
  }
  std::string text = "Picket, a detection engine: rules are YAML files, logs are JSON, alerts come out.\n\n";
  text += "Usage: picket COMMAND [OPTION]... [ARGUMENT]...\n";
  text += table("Commands", rows);
  text += table("Options", {{"-h, --help", "show this help; `picket COMMAND --help` tells all about a command"},
                            {"    --version", "show the version"}});
  text += "\n";
  text += exit_statuses;
  return text;
}

std::string command_help(const CLI::App& app) {
  std::vector<Row> arguments;
  std::vector<Row> options;
  const std::string name = (app.get_parent() == nullptr ? "" : app.get_parent()->get_name() + " ") + app.get_name();
  std::string usage = "Usage: " + name + " [OPTION]...";
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_positional()) {
      usage += " " + (option->get_required() ? option->get_type_name() : "[" + option->get_type_name() + "]");
      if (option->get_items_expected_max() > 1) usage += "...";
      arguments.push_back({option->get_type_name(), option->get_description()});
    } else {
      options.push_back(option_row(*option));
    }
  }
  std::vector<Row> subcommands;
  for (const CLI::App* subcommand : app.get_subcommands([](const CLI::App*) { return true; })) {
    subcommands.push_back({subcommand->get_name(), subcommand->get_description()});
  }
  std::string text = name + ": " + app.get_description() + "\n\n" + usage + "\n";
  text += table("Arguments", arguments) + table("Options", options) + table("Subcommands", subcommands);
  std::string footer = app.get_footer();
  while (footer.ends_with('\n')) footer.pop_back();
  if (!footer.empty()) text += "\n" + footer + "\n";
  text += "\n";
  text += exit_statuses;
  return text;
}

}  // namespace picket
