#include "tools/diff/diff_command.hpp"

#include <memory>
#include <optional>
#include <utility>
#include <variant>

#include "engine/attack/attack_table.hpp"
#include "engine/ruleset/ruleset.hpp"
#include "engine/stream/file_input.hpp"
#include "engine/stream/find_inputs.hpp"
#include "tools/diff/diff_report.hpp"
#include "tools/loading.hpp"
#include "tools/report/counted.hpp"
#include "tools/report/diagnostics.hpp"
#include "tools/selecting.hpp"
#include "tools/terminal/display.hpp"

namespace picket {
namespace {

struct DiffOptions {
  std::string before;
  std::string after;
  std::vector<std::string> events;
  LoadOptions load;  // its project, its threads
  std::string log_type;
  std::string format = "human";
  bool exit_code = false;
};

// Nothing, and the errors on standard error, if the pack is not whole: what is broken would pass for removed.
std::optional<LoadedPack> load_whole(LoadOptions load, const std::string& path, Console& console) {
  load.paths = {path};
  load.lints = false;
  if (!settle(load, "diff", "Give two files or folders", console)) return std::nullopt;
  LoadedPack loaded = load_checked(load);
  const ExitStatus status = status_of(loaded.diagnostics);
  if (status == ExitStatus::fine) return loaded;
  Output& err = console.err();
  for (const Diagnostic& diagnostic : loaded.diagnostics.all()) {
    if (diagnostic.level != Level::error) continue;
    err.line(human_report(diagnostic, err.palette(), err.width().value_or(default_columns)));
  }
  if (status == ExitStatus::found) {
    err.line("picket diff: " + escape_controls(path) + " has errors, and what is broken cannot be compared");
  }
  return std::nullopt;
}

std::shared_ptr<const RulesVersion> rules_of(LoadedPack& loaded) {
  auto rules = std::make_shared<const RuleSet>(std::make_shared<const CheckedPack>(std::move(loaded.checked)));
  return std::make_shared<const RulesVersion>(std::move(rules), *AttackTable::built_in());
}

// Nothing, and the reason on standard error, if some events could not be read.
std::optional<AlertDifference> judge(const DiffOptions& options, LoadedPack& before, LoadedPack& after,
                                     Console& console) {
  bool failed = false;
  const auto error = [&](const std::string& message) {
    failed = true;
    console.err().line("picket diff: " + escape_controls(message));
  };
  ExecutorOptions judging;
  judging.log_type = options.log_type;
  AlertComparison comparison(rules_of(before), rules_of(after), judging, current_time());
  const FoundInputs found = find_inputs(options.events);
  for (const std::string& fault : found.faults) error(fault);
  FileInputOptions input_options;
  for (const FoundInput& file : found.files) {
    input_options.named = file.named;
    std::unique_ptr<FileInput> input;
    if (file.path == "-") {
      input = FileInput::borrow("<stdin>", 0, input_options);
    } else {
      auto opened = FileInput::open(file.path, input_options);
      if (const auto* not_opened = std::get_if<NotOpened>(&opened)) {
        if (!not_opened->no_events) error(file.path + ": " + not_opened->reason);
        continue;
      }
      input = std::get<std::unique_ptr<FileInput>>(std::move(opened));
    }
    comparison.read(*input, options.load.threads);
    if (const auto fault = input->fault()) error(input->name() + ": " + *fault);
  }
  if (failed) return std::nullopt;
  if (comparison.result().invalid > 0) {
    console.err().line("picket diff: " + counted(comparison.result().invalid, "text") +
                       " passed over: no events; `picket run --dead-letters` keeps such");
  }
  return comparison.result();
}

ExitStatus diff(const DiffOptions& options, Console& console) {
  auto before = load_whole(options.load, options.before, console);
  auto after = load_whole(options.load, options.after, console);
  if (!before || !after) return ExitStatus::could_not;
  if (before->pack->sources.empty() && after->pack->sources.empty()) {
    console.err().line("picket diff: no rule files found there");
    return ExitStatus::nothing_selected;
  }
  DiffReport report{difference_of(*before->pack, *after->pack), std::nullopt};
  if (!options.events.empty()) {
    report.alerts = judge(options, *before, *after, console);
    if (!report.alerts) return ExitStatus::could_not;
  }
  Output& out = console.out();
  if (options.format == "json") {
    out.write(json_diff(report));
  } else if (options.format == "markdown") {
    out.write(markdown_diff(report));
  } else {
    out.write(human_diff(report, out.palette(), out.width().value_or(default_columns)));
  }
  return options.exit_code && !report.empty() ? ExitStatus::found : ExitStatus::fine;
}

}  // namespace

Action declare_diff(Arguments& app) {
  const auto options = std::make_shared<DiffOptions>();
  app.add_option("OLD", options->before, "the rules as they were: a file or a folder").type_name("OLD").required();
  app.add_option("NEW", options->after, "the rules as they are now").type_name("NEW").required();
  app.add_option("--events", options->events,
                 "logs that both are to judge: files, folders, - for standard input; takes all that follows")
      .type_name("FILE");
  app.add_option("--log-type", options->log_type, "the log type of events that carry none").type_name("NAME");
  add_choice(app, "--format", options->format, {"human", "json", "markdown"},
             "how to report (default: human); tools/README.md documents json");
  app.add_flag("--exit-code", options->exit_code, "exit with 1 if there is any difference");
  add_project_option(app, options->load);
  app.add_option("-j,--jobs", options->load.threads, "threads to work with (default: as many as the machine has)")
      .type_name("N")
      .between(std::size_t{1}, std::size_t{1024});
  app.footer(
      "Examples:\n"
      "  picket diff old/rules rules\n"
      "  picket diff --format markdown old/rules rules --events logs/\n"
      "  mkdir /tmp/old && git archive main rules | tar -x -C /tmp/old && picket diff /tmp/old/rules rules\n");
  return [options](Console& console) { return diff(*options, console); };
}

}  // namespace picket
