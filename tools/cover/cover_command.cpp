#include "tools/cover/cover_command.hpp"

#include <array>
#include <charconv>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tools/cover/cover_report.hpp"
#include "tools/loading.hpp"
#include "tools/report/counted.hpp"
#include "tools/selecting.hpp"
#include "tools/terminal/display.hpp"
#include "tools/terminal/unknown_word.hpp"
#include "tools/watch/watch.hpp"

namespace picket {
namespace {

struct Options {
  LoadOptions load;
  bool watch = false;
  RuleChoiceOptions choice;
  OutputOptions output;
  bool details = false;
  std::vector<std::string> least;
};

struct Measure {
  std::string_view name;
  Share CoverageShares::*share;
};
constexpr std::array measures{Measure{"mcdc", &CoverageShares::mcdc}, Measure{"outcomes", &CoverageShares::outcomes},
                              Measure{"values", &CoverageShares::values},
                              Measure{"branches", &CoverageShares::branches}};

// `--min mcdc=80`.
struct Minimum {
  const Measure* measure = nullptr;
  double percent = 0;
};

// Nothing, and `fault` says why, if it is no minimum.
std::optional<Minimum> minimum_from(std::string_view text, std::string& fault) {
  const std::size_t equals = text.find('=');
  const std::string_view name = text.substr(0, equals);
  Minimum minimum;
  for (const Measure& measure : measures) {
    if (measure.name == name) minimum.measure = &measure;
  }
  if (minimum.measure == nullptr) {
    std::vector<std::string> known;
    for (const Measure& measure : measures) known.emplace_back(measure.name);
    fault = unknown_word("measure", name, known, ": they are mcdc, outcomes, values and branches");
    return std::nullopt;
  }
  const std::string_view number = equals == std::string_view::npos ? "" : text.substr(equals + 1);
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), minimum.percent);
  if (error != std::errc() || end != number.data() + number.size() || minimum.percent < 0 || minimum.percent > 100) {
    fault = "`" + escape_controls(text) + "` gives no percentage; write `" + std::string(name) + "=80`";
    return std::nullopt;
  }
  return minimum;
}

// Whether every minimum is reached; says which is not.
bool reaches(const CoverageShares& shares, const std::vector<Minimum>& minima, Console& console) {
  bool reached = true;
  for (const Minimum& minimum : minima) {
    const Share share = shares.*minimum.measure->share;
    if (share.percent() >= minimum.percent) continue;
    reached = false;
    std::array<char, 64> words{};
    std::snprintf(words.data(), words.size(), "%.1f %%, less than the %g %% asked for", share.percent(),
                  minimum.percent);
    console.err().line("picket cover: " + std::string(minimum.measure->name) + " is " + words.data());
  }
  return reached;
}

// Tests that fail exercise a rule that is not what its author means.
void remark_on_failures(const Coverage& coverage, Console& console) {
  std::size_t failing = 0;
  for (const TextCoverage& rule : coverage.rules) failing += rule.failing;
  if (failing == 0) return;
  console.err().line("picket cover: " + counted(failing, "test") + (failing == 1 ? " fails" : " fail") +
                     "; what they cover is counted all the same (`picket test` shows them)");
}

ExitStatus cover(Options options, Console& console) {
  std::vector<Minimum> minima;
  for (const std::string& text : options.least) {
    std::string fault;
    const auto minimum = minimum_from(text, fault);
    if (!minimum) {
      console.err().line("picket cover: --min: " + fault);
      return ExitStatus::could_not;
    }
    minima.push_back(*minimum);
  }
  const ChosenRules chosen = choose_rules(options.load, options.choice, ChosenKinds::judging, "cover", console);
  if (chosen.none() && chosen.status == ExitStatus::could_not) return chosen.status;
  TestOptions test_options;
  test_options.now = current_time();
  test_options.threads = options.load.threads;
  CoverReport report{
      .coverage = cover_rules(chosen.loaded.checked, chosen.rules, test_options), .untested = {}, .shares = {}};
  for (const TextCoverage& rule : report.coverage.rules) {
    report.shares += shares_of(rule);
    if (rule.tests == 0) report.untested.push_back(rule.rule->rule);
  }
  const bool written = write_outputs(options.output, cover_formats(), report, options.details, "picket cover", console);
  remark_on_failures(report.coverage, console);
  if (chosen.status != ExitStatus::fine) return chosen.status;
  if (!written) return ExitStatus::could_not;
  return reaches(report.shares, minima, console) ? ExitStatus::fine : ExitStatus::found;
}

}  // namespace

Action declare_cover(Arguments& app) {
  const auto options = std::make_shared<Options>();
  add_load_options(app, options->load);
  add_rule_selection_options(app, options->choice);
  const std::string formats = declare_formats(app, options->output, cover_formats());
  app.add_flag("-v,--details", options->details, "every comparison, with its counts (one rule: always)");
  app.add_option("--min", options->least,
                 "fail if less is covered; MEASURE is mcdc, outcomes, values or branches; repeat for several")
      .type_name("MEASURE=PERCENT")
      .one_at_a_time();
  app.footer(formats +
             "Examples:\n"
             "  picket cover                              a line for every rule below rules/\n"
             "  picket cover --id Zendesk.NewAPIToken     every comparison of one rule\n"
             "  picket cover --min mcdc=80 --min values=100 rules\n"
             "  picket cover --format lcov rules > coverage.info\n");
  add_watch_option(app, options->watch);
  return watchable<Options>("cover", options, cover);
}

}  // namespace picket
