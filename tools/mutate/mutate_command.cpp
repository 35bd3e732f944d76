#include "tools/mutate/mutate_command.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <iterator>
#include <memory>
#include <optional>
#include <string>

#include "tools/loading.hpp"
#include "tools/mutate/mutate_report.hpp"
#include "tools/mutate/write.hpp"
#include "tools/report/counted.hpp"
#include "tools/selecting.hpp"
#include "tools/terminal/display.hpp"

namespace picket {
namespace {

struct Options {
  LoadOptions load;
  RuleChoiceOptions choice;
  OutputOptions output;
  bool details = false;
  std::optional<double> least;
  bool write = false;
};

// Says of each file what was added to it; how many tests were.
std::size_t write(const MutateReport& report, const LoadedPack& loaded, const Options& options,
                  const TestOptions& tests, bool& refused, Console& console) {
  std::size_t count = 0;
  for (const WrittenTests& one : write_tests(report.rules, loaded, options.load, tests)) {
    if (!one.refusal.empty()) {
      refused = true;
      console.err().line("picket mutate: " + escape_controls(one.file) + " is left as it was: " + one.refusal);
      continue;
    }
    count += one.tests;
    console.err().line("added " + counted(one.tests, "test") + " to " + escape_controls(one.file));
  }
  return count;
}

ExitStatus mutate(Options options, Console& console) {
  const ChosenRules chosen =
      choose_rules(options.load, options.choice, ChosenKinds::judging_and_correlating, "mutate", console);
  if (chosen.none() && chosen.status == ExitStatus::could_not) return chosen.status;
  MutationOptions mutation;
  mutation.tests.now = current_time();
  mutation.tests.threads = options.load.threads;
  mutation.propose = options.write;
  MutateReport report{.rules = mutate_rules(chosen.loaded.checked, chosen.rules, mutation), .written = 0};
  std::ranges::move(mutate_correlations(chosen.correlations, mutation), std::back_inserter(report.rules));
  bool refused = false;
  if (options.write) report.written = write(report, chosen.loaded, options, mutation.tests, refused, console);
  const bool written =
      write_outputs(options.output, mutate_formats(), report, options.details, "picket mutate", console);
  if (refused) return ExitStatus::could_not;
  if (chosen.status != ExitStatus::fine) return chosen.status;
  if (!written) return ExitStatus::could_not;
  if (!options.least || report.score() >= *options.least) return ExitStatus::fine;
  std::array<char, 80> words{};
  std::snprintf(words.data(), words.size(), "the score is %.1f %%, less than the %g %% asked for", report.score(),
                *options.least);
  console.err().line(std::string("picket mutate: ") + words.data());
  return ExitStatus::found;
}

}  // namespace

Action declare_mutate(Arguments& app) {
  const auto options = std::make_shared<Options>();
  add_load_options(app, options->load);
  add_rule_selection_options(app, options->choice);
  const std::string formats = declare_formats(app, options->output, mutate_formats());
  app.add_flag("-v,--details", options->details, "every survivor, not only five of a rule");
  app.add_option("--min", options->least, "fail if less than this share of the mutants is killed")
      .type_name("PERCENT")
      .between(0.0, 100.0);
  app.add_flag("--write-tests", options->write,
               "add tests for the survivors to the rules' files; read them before you keep them");
  app.footer(formats +
             "Examples:\n"
             "  picket mutate                             every rule below rules/\n"
             "  picket mutate --id Zendesk.NewAPIToken\n"
             "  picket mutate --min 90 rules\n"
             "  picket mutate --write-tests rules/zendesk/api_token.yml\n");
  return [options](Console& console) { return mutate(*options, console); };
}

}  // namespace picket
