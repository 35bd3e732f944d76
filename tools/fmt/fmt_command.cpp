#include "tools/fmt/fmt_command.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "engine/edit/replace_file.hpp"
#include "engine/edit/unified_diff.hpp"
#include "engine/format/format.hpp"
#include "engine/pack/pack.hpp"
#include "engine/pack/read_file.hpp"
#include "engine/parallel/for_each_index.hpp"
#include "tools/loading.hpp"
#include "tools/report/counted.hpp"
#include "tools/report/diagnostics.hpp"
#include "tools/terminal/display.hpp"

namespace picket {
namespace {

constexpr std::size_t files_per_thread = 8;
constexpr std::size_t writing_threads = 8;  // most of the time each waits for the disk: 1,000 files in 0.8 s, not 1.3 s

struct FmtOptions {
  LoadOptions load;  // its paths, its project, its threads
  bool check = false;
  bool diff = false;

  [[nodiscard]] bool writes() const { return !check && !diff; }
};

// What became of one file.
struct FormattedFile {
  SourcePtr source;
  Formatted formatted;
  Diagnostics diagnostics;
  std::optional<std::string> refusal;  // why it could not be written
};

std::vector<FormattedFile> format_files(const std::vector<std::string>& paths, const FmtOptions& options) {
  std::vector<FormattedFile> files(paths.size());
  const std::size_t threads = options.load.threads == 0 && options.writes() ? writing_threads : options.load.threads;
  for_each_index(paths.size(), threads, files_per_thread, [&](std::size_t i) {
    FormattedFile& file = files[i];
    file.source = read_file(paths[i], yaml::Limits{}.bytes, file.diagnostics);
    if (file.source == nullptr) return;
    file.formatted = format_analysis(file.source, file.diagnostics);
    if (options.writes() && file.formatted.outcome == FormatOutcome::changed) {
      file.refusal = replace_file(paths[i], file.source->text(), file.formatted.text);
    }
  });
  return files;
}

// `+` and `-` lines stand out; control characters of the file do not reach the terminal.
void show_diff(const FormattedFile& file, Output& out) {
  const std::string diff = unified_diff(file.source->name(), file.source->text(), file.formatted.text);
  std::string_view rest = diff;
  while (!rest.empty()) {
    const std::size_t newline = rest.find('\n');
    const std::string_view line = rest.substr(0, newline);
    rest.remove_prefix(newline + 1);
    // A patch must hold every byte, so only a terminal is spared some.
    const std::string shown = out.is_terminal() ? escape_controls(line, true) : std::string(line);
    const bool heading = line.starts_with("--- ") || line.starts_with("+++ ") || line.starts_with("@@ ");
    if (heading) {
      out.line(out.palette()(Style::dim, shown));
    } else if (line.starts_with('+')) {
      out.line(out.palette()(Style::good, shown));
    } else if (line.starts_with('-')) {
      out.line(out.palette()(Style::error, shown));
    } else {
      out.line(shown);
    }
  }
}

struct Counts {
  std::size_t files = 0;
  std::size_t changed = 0;
  std::size_t errors = 0;
  bool could_not = false;
};

void report_file(const FormattedFile& file, const FmtOptions& options, Console& console, Counts& counts) {
  Output& out = console.out();
  for (const Diagnostic& diagnostic : file.diagnostics.all()) {
    out.line(human_report(diagnostic, out.palette(), out.width().value_or(default_columns)));
    if (diagnostic.level == Level::error) ++counts.errors;
  }
  if (status_of(file.diagnostics) == ExitStatus::could_not) counts.could_not = true;
  if (file.source == nullptr || file.formatted.outcome == FormatOutcome::not_analysis) return;
  ++counts.files;
  if (file.formatted.outcome != FormatOutcome::changed) return;
  const std::string name = escape_controls(file.source->name());
  if (file.refusal) {
    counts.could_not = true;
    console.err().line("picket fmt: " + name + " is left as it was: " + *file.refusal);
    return;
  }
  ++counts.changed;
  if (options.diff) {
    show_diff(file, out);
  } else {
    out.line((options.check ? "would format " : "formatted ") + name);
  }
}

// "93 files: 2 formatted", "93 files: 2 would be formatted, 1 error".
std::string summary(const Counts& counts, const FmtOptions& options) {
  std::string text = counted(counts.files, "file") + ": ";
  if (counts.changed == 0) {
    text += counts.errors > 0 ? "none formatted" : "nothing to format";
  } else {
    text += std::to_string(counts.changed) + (options.writes() ? " formatted" : " would be formatted");
  }
  if (counts.errors > 0) text += ", " + counted(counts.errors, "error");
  return text;
}

ExitStatus fmt(FmtOptions options, Console& console) {
  if (!settle(options.load, "fmt", "Give a file or a folder", console)) return ExitStatus::could_not;
  FormattedFile missing;
  const std::vector<std::string> paths = discover(options.load.paths, missing.diagnostics);
  Counts counts;
  report_file(missing, options, console, counts);
  for (const FormattedFile& file : format_files(paths, options)) report_file(file, options, console, counts);
  if (counts.files == 0 && counts.errors == 0) {
    console.err().line("picket fmt: no rule files found there");
    return ExitStatus::nothing_selected;
  }
  console.err().line(summary(counts, options));
  if (counts.could_not) return ExitStatus::could_not;
  const bool found = counts.errors > 0 || (!options.writes() && counts.changed > 0);
  return found ? ExitStatus::found : ExitStatus::fine;
}

}  // namespace

Action declare_fmt(Arguments& app) {
  const auto options = std::make_shared<FmtOptions>();
  app.add_option("paths", options->load.paths, "files and folders to format (default: the project's, or rules)")
      .type_name("PATH");
  add_project_option(app, options->load);
  app.add_flag("--check", options->check, "change nothing; exit with 1 if a file would change");
  app.add_flag("--diff", options->diff, "show what would change, change nothing; exit with 1 if a file would");
  app.add_option("-j,--jobs", options->load.threads, "threads to work with (default: as many as the machine has)")
      .type_name("N")
      .between(std::size_t{1}, std::size_t{1024});
  app.footer("Examples:\n  picket fmt\n  picket fmt --diff rules/aws_cloudtrail\n  picket fmt --check rules\n");
  return [options](Console& console) { return fmt(*options, console); };
}

}  // namespace picket
