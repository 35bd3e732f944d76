#include "tools/check/check_command.hpp"

#include <algorithm>
#include <memory>
#include <set>

#include "tools/check/check_report.hpp"
#include "tools/check/fix.hpp"
#include "tools/loading.hpp"
#include "tools/report/diagnostics.hpp"
#include "tools/selecting.hpp"
#include "tools/terminal/display.hpp"
#include "tools/watch/watch.hpp"

namespace picket {
namespace {

struct CheckOptions {
  LoadOptions load;
  bool watch = false;
  RuleChoiceOptions choice;
  OutputOptions output;
  bool deny_warnings = false;
  bool fix = false;
};

// Of the files that the choice concerns: those of rules chosen, and those with something to tell.
CheckReport report_of(const LoadedPack& loaded, const RuleChoice& choice) {
  CheckReport report{.diagnostics = choice.relevant(loaded.diagnostics.all(), *loaded.pack), .files = {}};
  std::set<std::string> files;
  if (choice.selection().narrows()) {
    const auto add = [&](const RuleMetadata& rule) {
      if (choice.selection().selects(rule)) files.insert(rule.source->name());
    };
    std::ranges::for_each(loaded.pack->rules, add);
    std::ranges::for_each(loaded.pack->correlations, add);
  } else {
    for (const SourcePtr& source : loaded.pack->sources) files.insert(source->name());
  }
  if (choice.asks_for_changes()) {
    for (const SourcePtr& source : loaded.pack->sources) {
      if (choice.changed(*source)) files.insert(source->name());
    }
  }
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

ExitStatus verdict(const CheckOptions& options, const CheckReport& report, const LoadedPack& loaded,
                   const RuleChoice& choice, Console& console) {
  const ExitStatus status = status_of(report.diagnostics);
  if (status != ExitStatus::fine) return status;
  if (loaded.pack->sources.empty()) {
    console.err().line("picket check: no rule files found there");
    return ExitStatus::nothing_selected;
  }
  if (report.files.empty()) return choice.tell_nothing(*loaded.pack, "picket check", console);
  const bool warned = std::any_of(report.diagnostics.begin(), report.diagnostics.end(),
                                  [](const Diagnostic& one) { return one.level == Level::warning; });
  return warned && options.deny_warnings ? ExitStatus::found : ExitStatus::fine;
}

ExitStatus check(CheckOptions options, Console& console) {
  if (!settle(options.load, "check", "Give a file or a folder", console)) return ExitStatus::could_not;
  auto choice = RuleChoice::make(options.choice, options.load.paths, "picket check", console);
  if (!choice) return ExitStatus::could_not;
  if (options.fix && (choice->selection().narrows() || choice->asks_for_changes())) {
    console.err().line("picket check: --fix writes all files that it is given; name files instead of choosing rules");
    return ExitStatus::could_not;
  }
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
  choice->settle(*loaded.pack);
  const CheckReport report = report_of(loaded, *choice);
  written &= write_outputs(options.output, check_formats(), report, false, "picket check", console);
  console.err().line(summary_line(report.diagnostics, report.files.size(), console.err().palette()));
  return written ? verdict(options, report, loaded, *choice, console) : ExitStatus::could_not;
}

}  // namespace

Action declare_check(Arguments& app) {
  const auto options = std::make_shared<CheckOptions>();
  add_load_options(app, options->load);
  add_rule_selection_options(app, options->choice);
  const std::string formats = declare_formats(app, options->output, check_formats());
  app.add_flag("--deny-warnings", options->deny_warnings, "exit with 1 if there are warnings");
  app.add_flag("--fix", options->fix, "write the cures that are certain, then report what remains");
  app.footer(
      formats +
      "Examples:\n  picket check\n  picket check --fix rules/aws_cloudtrail\n  picket check --deny-warnings --format "
      "github rules\n");
  add_watch_option(app, options->watch);
  return watchable<CheckOptions>("check", options, check);
}

}  // namespace picket
