#include "tools/run/run_command.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "grammar/condition/literals.hpp"
#include "tools/loading.hpp"
#include "tools/pack/signed_pack.hpp"
#include "tools/report/diagnostics.hpp"
#include "tools/run/figures.hpp"
#include "tools/run/rules_loader.hpp"
#include "tools/run/run_options.hpp"
#include "tools/run/sampling.hpp"
#include "tools/run/session.hpp"
#include "tools/terminal/display.hpp"

namespace picket {
namespace {

constexpr std::size_t default_columns = 120;
constexpr std::size_t most_threads = 1024;

std::variant<EventSample, NoSample> sample_for(const RunOptions& options) {
  if (options.sample.empty()) return sample_of_inputs(options.inputs, options.log_type);
  return sample_of_file(options.sample, options.log_type);
}

// Shows what is wrong with the rules.
ExitStatus refuse(const LoadedRules& loaded, Console& console) {
  Output& err = console.err();
  if (loaded.outcome == LoadedRules::Outcome::none) {
    err.line("picket run: no rule is left to judge by");
    return ExitStatus::nothing_selected;
  }
  for (const Diagnostic& diagnostic : loaded.diagnostics.all()) {
    if (diagnostic.level != Level::error) continue;
    err.line(human_report(diagnostic, err.palette(), err.width().value_or(default_columns)));
  }
  err.line("picket run: the rules have errors; nothing was judged");
  return ExitStatus::could_not;
}

// Rewrites a time as people write it into the microseconds that CLI11 reads; else says what is wrong.
std::string to_microseconds(std::string& written) {
  const auto microseconds = syntax::read_duration(written);
  if (!microseconds || *microseconds < 0) return written + " is no time; write it as 30s, 5m or 2h";
  written = std::to_string(*microseconds);
  return {};
}

// "--output and --dead-letter", if they are one file; else empty.
std::string named_twice(const RunOptions& options) {
  const std::array<std::pair<const char*, const std::string*>, 4> files = {{{"--output", &options.output},
                                                                            {"--dead-letter", &options.dead_letter},
                                                                            {"--summary", &options.summary},
                                                                            {"--state", &options.state}}};
  for (auto one = files.begin(); one != files.end(); ++one) {
    for (auto other = files.begin(); other != one; ++other) {
      if (!one->second->empty() && *one->second == *other->second) {
        return std::string(other->first) + " and " + one->first;
      }
    }
  }
  return {};
}

ExitStatus run(RunOptions options, Console& console) {
  options.load.lints = false;
  if (options.clock == "processing") options.detecting.clock = ClockKind::processing;
  const LoadOptions asked = options.load;
  if (!settle(options.load, "run", "Give --rules", console)) return ExitStatus::could_not;
  if (options.follow && (options.inputs.empty() || std::ranges::find(options.inputs, "-") != options.inputs.end())) {
    console.err().line("picket run: --follow needs files to follow; standard input is followed without it");
    return ExitStatus::could_not;
  }
  if (const std::string twice = named_twice(options); !twice.empty()) {
    console.err().line("picket run: " + twice + " name the same file");
    return ExitStatus::could_not;
  }
  auto sample = sample_for(options);
  if (const auto* none = std::get_if<NoSample>(&sample)) {
    console.err().line("picket run: --sample " + escape_controls(options.sample) + ": " + none->reason);
    return ExitStatus::could_not;
  }
  std::optional<PublicKey> key;
  if (!options.public_key.empty()) {
    auto read = read_public_key(options.public_key);
    if (const auto* fault = std::get_if<std::string>(&read)) {
      console.err().line("picket run: --public-key: " + *fault);
      return ExitStatus::could_not;
    }
    key = std::get<PublicKey>(read);
  }
  RulesLoader loader(asked, std::get<EventSample>(std::move(sample)), key);
  LoadedRules loaded = loader.load();
  if (loaded.skipped > 0 && !loaded.diagnostics.has_errors() && !options.quiet) {
    console.err().line("picket run: " + count_text(loaded.skipped, "rule") +
                       " not judged: Python, or of a kind that is not supported (picket check tells which)");
  }
  if (loaded.version == nullptr) return refuse(loaded, console);
  return run_session(options, std::move(loaded.version), loader, console);
}

}  // namespace

Action declare_run(CLI::App& app) {
  const auto options = std::make_shared<RunOptions>();
  app.add_option("inputs", options->inputs,
                 "files, folders or patterns; `-` or none is standard input. JSON lines, documents, arrays and "
                 "CloudTrail's `Records`, plain, gzip or zstd, by content")
      ->type_name("INPUT");
  app.add_option("-r,--rules", options->load.paths, "rule files and folders, once for each (default: rules)")
      ->type_name("PATH")
      ->allow_extra_args(false);
  app.add_option("--public-key", options->public_key,
                 "take rules only from archives that are signed by this key (picket pack makes them)")
      ->type_name("KEY");
  app.add_flag("--watch", options->watch, "load the rules anew whenever their files change, as SIGHUP does");
  app.add_option("--project", options->load.project_file,
                 "the project file (default: picket.yml here or above, in this repository)")
      ->type_name("FILE");
  app.add_option("-t,--log-type", options->log_type, "the log type of events that carry no `p_log_type`")
      ->type_name("TYPE");
  app.add_option("--sample", options->sample,
                 "JSON lines from which to learn what is rare in events (default: the first lines of the inputs)")
      ->type_name("FILE");
  add_choice(app, "--format", options->format, {"human", "jsonl"},
             "how to write alerts (default: human on a terminal, else jsonl)");
  app.add_option("-o,--output", options->output, "where to write alerts (default: standard output)")->type_name("FILE");
  app.add_option("--dead-letter", options->dead_letter, "where to keep what cannot be judged, as JSON lines")
      ->type_name("FILE");
  app.add_flag("-f,--follow", options->follow,
               "the inputs are files of JSON lines that are being written to: go on reading, across rotations, until "
               "told to stop");
  app.add_option("--state", options->state,
                 "remember what was judged, counted and told in this file, and go on from there the next time")
      ->type_name("FILE");
  app.add_option("--summary", options->summary, "where to write the summary of the run, as JSON")->type_name("FILE");
  app.add_option("--max-line", options->max_line, "the longest event that is judged (default: 16MiB)")
      ->type_name("BYTES")
      ->transform(CLI::AsSizeValue(false));
  add_choice(app, "--clock", options->clock, {"event", "processing"},
             "what alerts are counted by: when events happened, or when they were judged (default: event)");
  app.add_option("--lateness", options->detecting.lateness.microseconds,
                 "how much later than those that happened after it an event may come and still be counted in its "
                 "order, as 30s, 5m, 2h; alerts wait so long (default: 0s)")
      ->type_name("TIME")
      ->transform(CLI::Validator(to_microseconds, ""));
  app.add_option("--threads", options->threads, "threads that judge (default: as many as there are processors)")
      ->type_name("N")
      ->check(CLI::Range(std::size_t{1}, most_threads));
  app.add_flag("--strict", options->load.strict, "a rule whose logic is a Python file is an error, not a note");
  app.add_flag("--no-progress", options->no_progress, "no progress bar");
  app.add_flag("-q,--quiet", options->quiet, "only alerts and errors: no progress, no summary");
  app.footer(
      "Examples:\n"
      "  picket run --rules rules --log-type AWS.CloudTrail logs/\n"
      "  zcat -f app*.gz | picket run --rules rules --format jsonl --dead-letter broken.jsonl\n\n"
      "An alert is raised once for a rule and a dedup string within the rule's dedup period, and told again when the\n"
      "number of its matches has doubled and when the period is over.");
  return [options](Console& console) { return run(*options, console); };
}

}  // namespace picket
