#include "tools/report/formats.hpp"

#include <cstdlib>
#include <set>

#include "engine/edit/replace_file.hpp"
#include "tools/command.hpp"
#include "tools/report/findings.hpp"
#include "tools/terminal/display.hpp"
#include "tools/terminal/unknown_word.hpp"

namespace picket {
namespace {

// What is wrong with FORMAT=FILE, or nothing.
std::string fault_of(const std::string& given, const std::vector<std::string>& names) {
  const std::size_t equals = given.find('=');
  const std::string name = given.substr(0, equals);
  if (std::find(names.begin(), names.end(), name) == names.end()) {
    return unknown_word("format", name, names, equals == std::string::npos ? "; write FORMAT=FILE" : "");
  }
  return equals == std::string::npos || equals + 1 == given.size()
             ? "`" + name + "` names no file; write `" + name + "=FILE`"
             : "";
}

// Standard output is a log that GitHub reads for commands. "github" is written to give them.
bool read_for_commands(std::string_view format) {
  const char* actions = std::getenv("GITHUB_ACTIONS");  // NOLINT(concurrency-mt-unsafe): nobody sets it
  return actions != nullptr && std::string_view(actions) == "true" && (format == "human" || format == "concise");
}

}  // namespace

std::string declare_formats(Arguments& app, OutputOptions& options, std::span<const FormatRow> rows) {
  std::vector<std::string> names;
  std::size_t width = 0;
  for (const FormatRow& row : rows) {
    names.emplace_back(row.name);
    width = std::max(width, row.name.size());
  }
  add_choice(app, "--format", options.format, names, "how to report on standard output (default: human)");
  const auto check = [names](const std::string& given) { return fault_of(given, names); };
  app.add_option("--output", options.files, "also write a report to a file; repeat for several")
      .type_name("FORMAT=FILE")
      .one_at_a_time()
      .check(check);
  std::string help = "Formats:\n";
  for (const FormatRow& row : rows) {
    help += "  " + std::string(row.name) + std::string(width - row.name.size() + 2, ' ') + std::string(row.purpose);
    help += "\n";
  }
  return help + "\n";
}

bool write_outputs(const OutputOptions& options, const ReportWriter& writer, bool details, std::string_view command,
                   Console& console) {
  bool written = true;
  std::set<std::string> files;
  const auto complain = [&](const std::string& file, std::string_view reason) {
    written = false;
    console.err().line(std::string(command) + ": --output " + escape_controls(file) + ": " + std::string(reason));
  };
  for (const std::string& given : options.files) {
    const std::size_t equals = given.find('=');
    const std::string file = given.substr(equals + 1);
    if (!files.insert(file).second) {
      complain(file, "another report goes there");
      continue;
    }
    const std::string text = writer(given.substr(0, equals), {.paint = Palette(), .columns = 120, .details = details});
    if (const auto reason = write_file(file, text)) complain(file, *reason);
  }
  Output& out = console.out();
  const bool human = options.format == "human";
  Canvas canvas{.paint = human ? out.palette() : Palette(), .columns = 120, .details = details};
  canvas.columns = out.width().value_or(canvas.columns);
  const std::string text = writer(options.format, canvas);
  out.write(read_for_commands(options.format) ? without_workflow_commands(text) : text);
  return written;
}

}  // namespace picket
