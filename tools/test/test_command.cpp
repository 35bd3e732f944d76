#include "tools/test/test_command.hpp"

#include <algorithm>
#include <memory>
#include <set>

#include "engine/ruletest/select.hpp"
#include "tools/loading.hpp"
#include "tools/report/counted.hpp"
#include "tools/selecting.hpp"
#include "tools/terminal/display.hpp"
#include "tools/test/test_report.hpp"
#include "tools/watch/watch.hpp"

namespace picket {
namespace {

struct Options {
  LoadOptions load;
  bool watch = false;
  RuleChoiceOptions choice;
  OutputOptions output;
  bool verbose = false;
  bool fail_fast = false;
  std::size_t min_tests = 0;
};

// Errors always; warnings and notes of the selected rules only.
std::vector<Diagnostic> relevant(const LoadedPack& loaded, const Selection& selection,
                                 const std::vector<TestedRule>& rules) {
  if (!selection.narrows()) return loaded.diagnostics.all();
  std::set<const Source*> sources;
  for (const TestedRule& rule : rules) sources.insert(rule.about->source.get());
  std::vector<Diagnostic> kept;
  for (const Diagnostic& diagnostic : loaded.diagnostics.all()) {
    if (diagnostic.level == Level::error || sources.contains(diagnostic.source.get())) kept.push_back(diagnostic);
  }
  return kept;
}

// Counts a rule of any kind, if it is selected. `sound`: it has no errors, so that its tests are run.
template <typename AnyRule>
void add_rule(const AnyRule& rule, bool sound, const Selection& selection, TestReport& report) {
  if (!selection.selects(rule)) return;
  const auto selected = static_cast<std::size_t>(
      std::ranges::count_if(rule.tests, [&](const TestHeading& test) { return selection.selects(test); }));
  if (selected == 0 && selection.narrows_tests()) return;
  report.rules.push_back({&rule, rule.tests.size()});
  if (rule.tests.empty()) report.untested.push_back(&rule);
  if (!sound) report.unloaded_tests += selected;
}

// The selected tests of the rules without errors.
std::vector<TestCase> cases_of(const CheckedPack& pack, const Selection& selection) {
  std::vector<TestCase> cases;
  for (const CheckedRule& rule : pack.rules) {
    if (!selection.selects(*rule.rule)) continue;
    for (const RuleTest& test : rule.rule->tests) {
      if (selection.selects(test)) cases.push_back({.rule = &rule, .test = &test});
    }
  }
  for (const CheckedCorrelation& rule : pack.correlations) {
    if (!selection.selects(*rule.rule)) continue;
    for (const CorrelationTest& test : rule.rule->tests) {
      if (selection.selects(test)) cases.push_back({.correlation = &rule, .correlation_test = &test});
    }
  }
  return cases;
}

TestReport run(const LoadedPack& loaded, const Selection& selection, const Options& options) {
  TestReport report;
  std::set<const RuleMetadata*> sound;
  for (const CheckedRule& rule : loaded.checked.rules) sound.insert(rule.rule);
  for (const CheckedCorrelation& rule : loaded.checked.correlations) sound.insert(rule.rule);
  for (const Rule& rule : loaded.pack->rules) add_rule(rule, sound.contains(&rule), selection, report);
  for (const CorrelationRule& rule : loaded.pack->correlations) {
    add_rule(rule, sound.contains(&rule), selection, report);
  }
  TestOptions test_options;
  test_options.now = current_time();
  test_options.fail_fast = options.fail_fast;
  test_options.threads = options.load.threads;
  report.results = run_tests(loaded.checked, cases_of(loaded.checked, selection), test_options);
  report.skipped_rules = loaded.pack->skipped_rules;
  if (!selection.narrows()) report.unloaded_tests += loaded.pack->skipped_tests;
  report.diagnostics = relevant(loaded, selection, report.rules);
  return report;
}

// Says why nothing was run: no rules at all, no rule that fits, no tests, none that can be run.
ExitStatus nothing_run(const TestReport& report, const Pack& pack, const RuleChoice& choice, Console& console) {
  if (report.rules.empty() && report.tests() == 0) return choice.tell_nothing(pack, "picket test", console);
  std::string message = "no tests were run";
  if (report.tests() > 0) {
    message += ": " + counted(report.tests(), "test") + " skipped";
  } else if (!report.untested.empty()) {
    message += ": " + counted(report.untested.size(), "rule") + " without tests";
  }
  console.err().line("picket test: " + message);
  return ExitStatus::nothing_selected;
}

// Rules with fewer tests than --min-tests asks for.
bool enough_tests(const TestReport& report, std::size_t min_tests, Console& console) {
  bool enough = true;
  for (const TestedRule& rule : report.rules) {
    if (rule.tests >= min_tests) continue;
    enough = false;
    console.err().line("picket test: " + escape_controls(rule.about->id.value) + " has " + counted(rule.tests, "test") +
                       ", fewer than " + std::to_string(min_tests));
  }
  return enough;
}

ExitStatus test(Options options, Console& console) {
  if (!settle(options.load, "test", "Give a file or a folder", console)) return ExitStatus::could_not;
  auto choice = RuleChoice::make(options.choice, options.load.paths, "picket test", console);
  if (!choice) return ExitStatus::could_not;
  const LoadedPack loaded = load_checked(options.load);
  choice->settle(*loaded.pack);
  const TestReport report = run(loaded, choice->selection(), options);
  const bool written = write_outputs(options.output, test_formats(), report, options.verbose, "picket test", console);
  const ExitStatus status = status_of(loaded.diagnostics);
  if (status == ExitStatus::could_not || !written) return ExitStatus::could_not;
  if (report.failed() > 0) return ExitStatus::found;
  if (!enough_tests(report, options.min_tests, console)) return ExitStatus::found;
  if (status == ExitStatus::fine && report.results.empty()) return nothing_run(report, *loaded.pack, *choice, console);
  return status;
}

}  // namespace

Action declare_test(Arguments& app) {
  const auto options = std::make_shared<Options>();
  add_load_options(app, options->load);
  add_rule_selection_options(app, options->choice);
  app.add_option("--test", options->choice.selection.tests, "only tests whose name fits")
      .type_name("GLOB")
      .one_at_a_time();
  const std::string formats = declare_formats(app, options->output, test_formats());
  app.add_flag("-v,--verbose", options->verbose, "list passing tests and notes as well");
  app.add_flag("--fail-fast", options->fail_fast, "skip everything after the first failing test");
  app.add_option("--min-tests", options->min_tests, "fail if a rule has fewer tests").type_name("N");
  app.footer(formats +
             "Examples:\n"
             "  ruletest                                  every test below rules/\n"
             "  ruletest rules/aws_cloudtrail --severity High --severity Critical\n"
             "  ruletest --format github --output junit=report.xml --output sarif=report.sarif\n");
  add_watch_option(app, options->watch);
  return watchable<Options>("test", options, test);
}

}  // namespace picket
