#include "tools/run/run_command.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <variant>
#include <vector>

#include "engine/alert/alert_format.hpp"
#include "engine/stream/byte_format.hpp"
#include "grammar/condition/literals.hpp"
#include "tools/loading.hpp"
#include "tools/pack/signed_pack.hpp"
#include "tools/report/diagnostics.hpp"
#include "tools/run/figures.hpp"
#include "tools/run/overwriting.hpp"
#include "tools/run/rules_loader.hpp"
#include "tools/run/run_options.hpp"
#include "tools/run/sampling.hpp"
#include "tools/run/session.hpp"
#include "tools/terminal/display.hpp"

namespace picket {
namespace {

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

std::vector<std::string> format_names(bool for_people) {
  std::vector<std::string> names;
  if (for_people) names.insert(names.end(), {"human", "json"});
  for (const AlertFormat& format : alert_formats()) names.emplace_back(format.name);
  return names;
}

// Rewrites a time as people write it into the microseconds that CLI11 reads; else says what is wrong.
std::string to_microseconds(std::string& written) {
  const auto microseconds = syntax::read_duration(written);
  if (!microseconds || *microseconds < 0) return written + " is no time; write it as 30s, 5m or 2h";
  written = std::to_string(*microseconds);
  return {};
}

// What is remembered of the past shares the memory that it may take: windows a half; what rules remember, keys of
// correlations and matches that wait an eighth each. The rest is room for what is not counted to the byte.
void share_memory(RunOptions& options) {
  options.detecting.windows.bytes = options.max_memory / 2;
  options.detecting.memory.bytes = options.max_memory / 8;
  options.detecting.correlation_bytes = options.max_memory / 8;
  options.detecting.waiting_bytes = options.max_memory / 8;
}

// Why a log cannot be followed; empty if it can, or is not there yet.
std::string fault_of_followed(const std::string& name) {
  namespace fs = std::filesystem;
  std::error_code unknown;
  if (fs::is_directory(name, unknown)) return "--follow follows files, and " + name + " is a folder";
  if (!fs::exists(name, unknown)) {
    const bool pattern = name.find_first_of("*?[") != std::string::npos;
    return pattern ? "--follow takes the names of files, and " + name + " is a pattern that no shell has written out"
                   : std::string();
  }
  if (!fs::is_regular_file(name, unknown)) return {};
  std::array<char, 512> head{};
  std::ifstream file(name, std::ios::binary);
  file.read(head.data(), head.size());
  const RecognisedFormat found = recognise_whole({head.data(), static_cast<std::size_t>(file.gcount())});
  if (found.format == ByteFormat::plain) return {};
  const bool packed = found.format != ByteFormat::refused;
  return "--follow reads lines as they come, and " + name + (packed ? " is packed" : ": " + std::string(found.refusal));
}

// What is wrong with the options taken together; empty if nothing is.
std::string fault_between(const RunOptions& options) {
  if (options.follow && (options.inputs.empty() || std::ranges::find(options.inputs, "-") != options.inputs.end())) {
    return "--follow needs files to follow; standard input is followed without it";
  }
  if (options.follow) {
    for (const std::string& input : options.inputs) {
      if (const std::string fault = fault_of_followed(input); !fault.empty()) return escape_controls(fault);
    }
  }
  const WebHookChoice& hook = options.webhook;
  const bool tuned = !hook.format.empty() || !hook.headers.empty() || !hook.header_file.empty() ||
                     !hook.dead_letter.empty() || hook.patience.microseconds != WebHookChoice().patience.microseconds;
  if (hook.address.empty() && tuned) return "there are options for a web hook, but no --webhook";
  if (!hook.address.empty() && options.state.empty()) {
    return "--webhook needs --state FILE: what has not arrived is kept there until it has";
  }
  if (!options.alerts.empty() && options.state.empty()) {
    return "--alerts needs --state FILE, which knows what is in the database already";
  }
  if (!options.state.empty() && !options.output.empty() && (options.format == "human" || options.format == "json")) {
    return "with --state, --output takes a format of JSON lines";
  }
  const std::string twice = named_twice(options);
  return twice.empty() ? twice : twice + " name the same file";
}

ExitStatus run(RunOptions options, Console& console) {
  options.load.lints = false;
  options.load.whole = true;
  if (options.clock == "processing") options.detecting.clock = ClockKind::processing;
  share_memory(options);
  const LoadOptions asked = options.load;
  if (!settle(options.load, "run", "Give --rules", console)) return ExitStatus::could_not;
  if (const std::string fault = fault_between(options); !fault.empty()) {
    console.err().line("picket run: " + fault);
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

void declare_web_hook(Arguments& app, WebHookChoice& hook) {
  app.add_option("--webhook", hook.address,
                 "post each alert to this address, until it has arrived; needs --state, where alerts wait for that")
      .type_name("URL");
  add_choice(app, "--webhook-format", hook.format, format_names(false),
             "how to write alerts there (default: as --format, if that is JSON, else jsonl)");
  app.add_option("--webhook-header", hook.headers, "a header to send as well, as 'Name: value'; once for each")
      .type_name("HEADER")
      .one_at_a_time();
  app.add_option("--webhook-header-file", hook.header_file, "the same from the lines of a file: for secrets")
      .type_name("FILE");
  app.add_option("--webhook-dead-letter", hook.dead_letter,
                 "where to keep alerts that are refused there, as JSON lines; they are appended")
      .type_name("FILE");
  app.add_option("--webhook-patience", hook.patience.microseconds,
                 "how long to wait at the end of the input for what has not arrived (default: 30s)")
      .type_name("TIME")
      .transform(to_microseconds);
}

void declare_rules(Arguments& app, RunOptions& options) {
  app.add_option("-r,--rules", options.load.paths, "rule files and folders, once for each (default: rules)")
      .type_name("PATH")
      .one_at_a_time();
  app.add_option("--public-key", options.public_key,
                 "take rules only from archives that are signed by this key (picket pack makes them)")
      .type_name("KEY");
  app.add_flag("--watch", options.watch, "load the rules anew whenever their files change, as SIGHUP does");
  app.add_option("--project", options.load.project_file,
                 "the project file (default: picket.yml here or above, in this repository)")
      .type_name("FILE");
}

// Where alerts go, and all else that a run tells.
void declare_alerts(Arguments& app, RunOptions& options) {
  add_choice(
      app, "--format", options.format, format_names(true),
      "how to write alerts (default: human on a terminal, else jsonl), all but human as JSON lines; json writes the "
      "summary instead of them");
  app.add_option("-o,--output", options.output, "where to write alerts (default: standard output)").type_name("FILE");
  app.add_option("--dead-letter", options.dead_letter, "where to keep what cannot be judged, as JSON lines")
      .type_name("FILE");
  app.add_flag("-f,--follow", options.follow,
               "the inputs are files of JSON lines that are being written to: go on reading, across rotations, until "
               "told to stop");
  app.add_option("--state", options.state,
                 "remember what was judged, counted and told in this file, and go on from there the next time")
      .type_name("FILE");
  app.add_option("--alerts", options.alerts, "keep alerts in this database as well, for `picket alerts`; needs --state")
      .type_name("FILE");
  app.add_option("--metrics", options.metrics,
                 "answer /metrics (for Prometheus), /healthz and /readyz there: HOST:PORT, or :PORT for this machine "
                 "only")
      .type_name("ADDRESS");
  declare_web_hook(app, options.webhook);
  app.add_option("--summary", options.summary, "where to write the summary of the run, as JSON").type_name("FILE");
}

// Bounds, clocks and threads.
void declare_judging(Arguments& app, RunOptions& options) {
  app.add_option("--max-line", options.max_line, "the longest event that is judged (default: 16MiB)")
      .type_name("BYTES")
      .as_bytes();
  add_choice(app, "--clock", options.clock, {"event", "processing"},
             "what alerts are counted by: when events happened, or when they were judged (default: event)");
  app.add_option("--lateness", options.detecting.lateness.microseconds,
                 "how much later than those that happened after it an event may come and still be counted in its "
                 "order, as 30s, 5m, 2h; alerts wait so long (default: 0s)")
      .type_name("TIME")
      .transform(to_microseconds);
  app.add_option("--max-memory", options.max_memory,
                 "about how much memory what is known of the past may take; beyond it windows end early (default: "
                 "1GiB)")
      .type_name("BYTES")
      .as_bytes();
  app.add_option("--threads", options.threads, "threads that judge (default: as many as there are processors)")
      .type_name("N")
      .between(std::size_t{1}, most_threads);
}

}  // namespace

Action declare_run(Arguments& app) {
  const auto options = std::make_shared<RunOptions>();
  app.add_option("inputs", options->inputs,
                 "files, folders or patterns; `-` or none is standard input. JSON lines, documents, arrays and "
                 "CloudTrail's `Records`, Azure's `records`, plain, gzip or zstd, by content")
      .type_name("INPUT");
  declare_rules(app, *options);
  app.add_option("-t,--log-type", options->log_type, "the log type of events that carry no `p_log_type`")
      .type_name("TYPE");
  app.add_option("--sample", options->sample,
                 "JSON lines from which to learn what is rare in events (default: the first lines of the inputs)")
      .type_name("FILE");
  declare_alerts(app, *options);
  declare_judging(app, *options);
  app.add_flag("--strict", options->load.strict, "a rule whose logic is a Python file is an error, not a note");
  add_choice(app, "--log", options->log, {"text", "json"},
             "how to say on standard error what happens: for people, or as JSON lines (default: text)");
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
