#include "tools/check/check_command.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>
#include <set>

#include "tools/check/check_report.hpp"
#include "tools/check/fix.hpp"
#include "tools/loading.hpp"
#include "tools/report/diagnostics.hpp"
#include "tools/terminal/display.hpp"

namespace picket {
namespace {

struct CheckOptions {
  LoadOptions load;
  OutputOptions output;
  bool deny_warnings = false;
  bool fix = false;
};

CheckReport report_of(const LoadedPack& loaded) {
  CheckReport report{.diagnostics = loaded.diagnostics.all(), .files = {}};
  std::set<std::string> files;
  for (const SourcePtr& source : loaded.pack->sources) files.insert(source->name());
  for (const Diagnostic& diagnostic : report.diagnostics) files.insert(diagnostic.source->name());
  report.files.assign(files.begin(), files.end());
  return report;
}

// What was fixed is a result for people; beside a report for machines it is a remark.
bool report_fixes(const FixedPack& fixed, bool human, Console& console) {
  Output& out = human ? console.out() : console.err();
  for (const AppliedFix& one : fixed.applied) {
    const LineColumn place = one.source->locate(one.span.begin);
    out.line("fixed " + escape_controls(one.source->name()) + ":" + std::to_string(place.line) + ":" +
             std::to_string(place.column) + " " + std::string(row_of(one.code).word) + ": " +
             escape_controls(one.title));
  }
  if (human && !fixed.applied.empty() && fixed.loaded.diagnostics.size() > 0) out.line("");
  for (const FixRefusal& refusal : fixed.refusals) {
    console.err().line("picket check: " + escape_controls(refusal.file) + " is left as it was: " + refusal.reason);
  }
  return fixed.refusals.empty();
}

ExitStatus check(CheckOptions options, Console& console) {
  if (!settle(options.load, "check", "Give a file or a folder", console)) return ExitStatus::could_not;
  options.load.plan_lints = true;  // `picket test`, which is run far more often, does without
  LoadedPack loaded;
  bool written = true;
  if (options.fix) {
    FixedPack fixed = fix_files(options.load, load_checked);
    written = report_fixes(fixed, options.output.format == "human", console);
    loaded = std::move(fixed.loaded);
  } else {
    loaded = load_checked(options.load);
  }
  const CheckReport report = report_of(loaded);
  written &= write_outputs(options.output, check_formats(), report, false, "picket check", console);
  console.err().line(summary_line(report.diagnostics, loaded.pack->sources.size(), console.err().palette()));
  const ExitStatus status = written ? status_of(loaded.diagnostics) : ExitStatus::could_not;
  if (status != ExitStatus::fine) return status;
  if (loaded.pack->sources.empty()) {
    console.err().line("picket check: no rule files found there");
    return ExitStatus::nothing_selected;
  }
  const std::vector<Diagnostic>& all = loaded.diagnostics.all();
  const bool warned = std::any_of(all.begin(), all.end(), [](const auto& d) { return d.level == Level::warning; });
  return warned && options.deny_warnings ? ExitStatus::found : ExitStatus::fine;
}

}  // namespace

Action declare_check(CLI::App& app) {
  const auto options = std::make_shared<CheckOptions>();
  add_load_options(app, options->load);
  const std::string formats = declare_formats(app, options->output, check_formats());
  app.add_flag("--deny-warnings", options->deny_warnings, "exit with 1 if there are warnings");
  app.add_flag("--fix", options->fix, "write the cures that are certain, then report what remains");
  app.footer(
      formats +
      "Examples:\n  picket check\n  picket check --fix rules/aws_cloudtrail\n  picket check --deny-warnings --format "
      "github rules\n");
  return [options](Console& console) { return check(*options, console); };
}

}  // namespace picket
