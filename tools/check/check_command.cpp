#include "tools/check/check_command.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>

#include "tools/loading.hpp"
#include "tools/report/diagnostics.hpp"

namespace picket {
namespace {

constexpr std::size_t default_columns = 120;  // of human reports that go to a file

struct CheckOptions {
  LoadOptions load;
  std::string format = "human";
  bool deny_warnings = false;
};

void report(const CheckOptions& options, const LoadedPack& loaded, Console& console) {
  const std::vector<Diagnostic>& diagnostics = loaded.diagnostics.all();
  Output& out = console.out();
  if (options.format == "json") {
    out.write(json_report(diagnostics));
  } else if (options.format == "github") {
    out.write(github_report(diagnostics));
  } else if (options.format == "sarif") {
    out.write(sarif_report(diagnostics));
  } else {
    for (const Diagnostic& diagnostic : diagnostics) {
      out.line(human_report(diagnostic, out.palette(), out.width().value_or(default_columns)));
    }
  }
  Output& err = console.err();
  err.line(summary_line(diagnostics, loaded.pack->sources.size(), err.palette()));
}

ExitStatus check(CheckOptions options, Console& console) {
  if (!settle(options.load, "check", "Give a file or a folder", console)) return ExitStatus::could_not;
  options.load.plan_lints = true;  // `picket test`, which is run far more often, does without
  const LoadedPack loaded = load_checked(options.load);
  report(options, loaded, console);
  const ExitStatus status = status_of(loaded.diagnostics);
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
  add_choice(app, "--format", options->format, {"human", "json", "github", "sarif"},
             "how to report (default: human); tools/README.md documents json");
  app.add_flag("--deny-warnings", options->deny_warnings, "exit with 1 if there are warnings");
  app.footer("Examples:\n  picket check\n  picket check --deny-warnings --format github rules\n");
  return [options](Console& console) { return check(*options, console); };
}

}  // namespace picket
