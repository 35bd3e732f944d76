#include "tools/man/man_page.hpp"

#include <string_view>
#include <utility>

#include "grammar/text/ascii.hpp"
#include "tools/terminal/display.hpp"

namespace picket {
namespace {

// Text as troff leaves it: no requests, no escapes, and quotes and dashes as they were typed.
std::string plain(std::string_view text) {
  std::string escaped;
  bool begins = true;
  for (const char c : text) {
    if (begins && (c == '.' || c == '\'')) escaped += "\\&";
    if (c == '\\') {
      escaped += "\\e";
    } else if (c == '-') {
      escaped += "\\-";
    } else if (c == '\'') {
      escaped += "\\(aq";
    } else if (c == '`') {
      escaped += "\\(ga";
    } else if (c == '^') {
      escaped += "\\(ha";
    } else if (c == '~') {
      escaped += "\\(ti";
    } else {
      escaped += c;
    }
    begins = c == '\n';
  }
  return escaped;
}

// The same in lines as long as sources of pages have by custom.
std::string prose(std::string_view text) {
  constexpr std::size_t columns = 72;
  return plain(wrap(text, columns, 0));
}

std::string bold(std::string_view text) { return "\\fB" + plain(text) + "\\fR"; }
std::string italic(std::string_view text) { return "\\fI" + plain(text) + "\\fR"; }

// The heading of a page, which stands in upper case by custom.
std::string heading(std::string_view text) { return ascii_upper(std::string(text)); }

std::string title(std::string_view page, std::string_view summary) {
  return ".TH " + heading(page) + R"( 1 "" "picket )" PICKET_VERSION "\" \"Picket\"\n.SH NAME\n" + plain(page) +
         " \\- " + plain(summary) + "\n";
}

// "human|json" is a list of words to type, "FILE" a name for what to type.
std::string value_of(const CommandOption& option) {
  std::string text;
  for (std::string_view rest = option.value;;) {
    const std::size_t end = rest.find('|');
    const std::string word(rest.substr(0, end));
    text += option.value.find('|') == std::string::npos ? italic(word) : bold(word);
    if (end == std::string_view::npos) return text;
    text += "|";
    rest.remove_prefix(end + 1);
  }
}

std::string options_of(const CommandSurface& command) {
  std::string text;
  for (const CommandOption& option : command.options) {
    std::string names;
    for (const std::string& name : option.names) names += (names.empty() ? "" : ", ") + bold(name);
    text += ".TP\n" + names + (option.value.empty() ? "" : " " + value_of(option)) + "\n" + prose(option.description) +
            "\n";
  }
  return text;
}

std::string synopsis(const std::string& name, const CommandSurface& command) {
  std::string text = bold(name) + " [" + italic("OPTION") + "]...";
  for (const CommandOption& argument : command.arguments) {
    const std::string value = value_of(argument) + (argument.repeats ? "..." : "");
    text += argument.required ? " " + value : " [" + value + "]";
  }
  return text + "\n";
}

std::string arguments_of(const CommandSurface& command) {
  std::string text;
  for (const CommandOption& argument : command.arguments) {
    text += ".TP\n" + value_of(argument) + "\n" + prose(argument.description) + "\n";
  }
  return text;
}

// Paragraphs of a footer: a heading with lines that are indented, or text.
std::string footer_sections(std::string_view footer) {
  std::string text;
  while (!footer.empty()) {
    const std::size_t end = footer.find("\n\n");
    std::string_view paragraph = footer.substr(0, end);
    footer.remove_prefix(end == std::string_view::npos ? footer.size() : end + 2);
    while (paragraph.ends_with('\n')) paragraph.remove_suffix(1);
    const std::size_t first = paragraph.find(":\n  ");
    if (paragraph.empty()) continue;
    if (first == std::string_view::npos || first > paragraph.find('\n')) {
      text += ".SH NOTES\n" + prose(paragraph) + "\n";
      continue;
    }
    text += ".SH " + heading(paragraph.substr(0, first)) + "\n.nf\n" + plain(paragraph.substr(first + 2)) + "\n.fi\n";
  }
  return text;
}

std::string exit_statuses() {
  constexpr std::pair<std::string_view, std::string_view> rows[] = {
      {"0", "fine"},
      {"1", "tests failed, or errors were found"},
      {"2", "the job could not be done: usage, unreadable input, a broken pack"},
      {"3", "an internal error"},
      {"4", "nothing was selected"}};
  std::string text = ".SH EXIT STATUS\n";
  for (const auto& [status, meaning] : rows) {
    text += ".TP\n" + bold(status) + "\n" + std::string(meaning) + "\n";
  }
  return text;
}

}  // namespace

std::string program_page(std::span<const CommandSurface> commands) {
  std::string text = title("picket", "a detection engine for JSON log events") + ".SH SYNOPSIS\n" + bold("picket") +
                     " " + italic("COMMAND") + " [" + italic("OPTION") + "]... [" + italic("ARGUMENT") +
                     "]...\n.SH DESCRIPTION\nRules are YAML files, logs are JSON, alerts come out.\n" +
                     "Each command has a page of its own.\n.SH COMMANDS\n";
  std::string pages;
  for (const CommandSurface& command : commands) {
    text += ".TP\n" + bold("picket " + command.name) + "\n" + plain(command.summary) + "\n";
    if (!pages.empty()) pages += " ,\n";
    pages += ".BR " + plain("picket-" + command.name) + " (1)";
  }
  text += ".TP\n" + bold("ruletest") + "\nthe same as " + bold("picket test") + "\n.SH OPTIONS\n.TP\n" + bold("-h") +
          ", " + bold("--help") + "\nshow help\n.TP\n" + bold("--version") + "\nshow the version\n";
  text += exit_statuses() + ".SH ENVIRONMENT\n.TP\n" + bold("NO_COLOR") + "\nno colours, unless " + bold("--color") +
          " says otherwise\n.SH SEE ALSO\n";
  return text + pages + "\n";
}

std::string command_page(const CommandSurface& command) {
  const std::string name = "picket " + command.name;
  std::string text = title("picket-" + command.name, command.summary) + ".SH SYNOPSIS\n" + synopsis(name, command);
  for (const CommandSurface& subcommand : command.subcommands) {
    text += ".br\n" + synopsis(name + " " + subcommand.name, subcommand);
  }
  if (!command.arguments.empty()) text += ".SH ARGUMENTS\n" + arguments_of(command);
  text += ".SH OPTIONS\n" + options_of(command);
  if (!command.subcommands.empty()) text += ".SH SUBCOMMANDS\n";
  for (const CommandSurface& subcommand : command.subcommands) {
    text += ".SS " + plain(subcommand.name) + "\n" + plain(subcommand.summary) + "\n" + arguments_of(subcommand) +
            options_of(subcommand);
  }
  text += footer_sections(command.footer) + exit_statuses();
  return text + ".SH SEE ALSO\n.BR picket (1)\n";
}

}  // namespace picket
