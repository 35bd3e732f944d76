#include "tools/plan/plan_command.hpp"

#include <algorithm>
#include <memory>
#include <utility>
#include <variant>

#include "engine/eval/recogniser.hpp"
#include "engine/plan/plan.hpp"
#include "engine/plan/sample.hpp"
#include "engine/ruleset/ruleset.hpp"
#include "tools/loading.hpp"
#include "tools/plan/plan_report.hpp"
#include "tools/report/counted.hpp"
#include "tools/run/sampling.hpp"
#include "tools/selecting.hpp"
#include "tools/terminal/display.hpp"
#include "tools/terminal/unknown_word.hpp"

namespace picket {
namespace {

struct PlanOptions {
  LoadOptions load;
  SelectionOptions selection;
  PlanView view;
  std::string log_type;
  std::string sample;
  std::string format = "human";
};

// Why there is nothing to show, or nothing.
std::string nothing_selected(const PlanOptions& options, const RuleSet& rules) {
  if (rules.rules().empty())
    return "there is no rule that judges: none was found or chosen, or all are disabled or broken";
  if (!options.log_type.empty() && rules.rules_for(options.log_type).empty()) {
    std::vector<std::string> known;
    for (const std::string_view name : rules.log_types()) known.emplace_back(name);
    return "no rule judges events of log type `" + escape_controls(options.log_type) + "`" +
           or_nearest(options.log_type, known);
  }
  const std::string& id = options.view.rule;
  if (id.empty()) return {};
  std::vector<std::string> ids;
  for (const CheckedRule& checked : rules.pack().rules) {
    ids.push_back(checked.rule->id.value);
    if (checked.rule->id.value != id) continue;
    if (!checked.rule->enabled) return "`" + escape_controls(id) + "` is disabled, and judges nothing";
    const auto& own = checked.rule->log_types;
    const bool selected = options.log_type.empty() || std::any_of(own.begin(), own.end(), [&options](const auto& name) {
                            return name.value == options.log_type;
                          });
    return selected ? "" : "`" + escape_controls(id) + "` does not judge `" + escape_controls(options.log_type) + "`";
  }
  return unknown_word("rule", id, ids);
}

bool concerns(const LogTypePlan& plan, const PlanOptions& options) {
  if (!options.log_type.empty() && plan.log_type != options.log_type) return false;
  return options.view.rule.empty() || std::any_of(plan.rules.begin(), plan.rules.end(), [&options](const auto& rule) {
           return rule.rule->rule->id.value == options.view.rule;
         });
}

void report(const PlanOptions& options, const RuleSet& rules, const EventSample& sample, Console& console) {
  std::vector<LogTypeReport> reports;
  for (const auto& plan : rules.plan().log_types()) {
    if (concerns(*plan, options)) reports.push_back(report_on(*plan, sample.events(plan->log_type).size()));
  }
  Output& out = console.out();
  if (options.format == "json") {
    out.write(json_plan(rules, reports, options.view));
  } else {
    out.write(human_plan(rules, reports, options.view, out.palette(), out.width().value_or(default_columns)));
  }
}

ExitStatus plan(PlanOptions options, Console& console) {
  Output& err = console.err();
  options.load.lints = false;
  if (!settle(options.load, "plan", "Give a file or a folder", console)) return ExitStatus::could_not;
  const auto selection = selection_of(options.selection, "picket plan", console);
  if (!selection) return ExitStatus::could_not;
  EventSample sample;
  if (!options.sample.empty()) {
    auto read = sample_of_file(options.sample, options.log_type);
    if (const auto* none = std::get_if<NoSample>(&read)) {
      err.line("picket plan: --sample " + escape_controls(options.sample) + ": " + none->reason);
      return ExitStatus::could_not;
    }
    sample = std::get<EventSample>(std::move(read));
  }
  LoadedPack loaded = load_checked(options.load);
  keep_selected(loaded.checked, *selection);
  const ExitStatus status = status_of(loaded.diagnostics);
  remark_on_errors(status, "plan", console);
  const auto checked = std::make_shared<const CheckedPack>(std::move(loaded.checked));
  sample = recognised(sample, *checked);
  const RuleSet rules(checked, &sample);
  if (const std::string why = nothing_selected(options, rules); !why.empty()) {
    err.line("picket plan: " + why);
    return status != ExitStatus::fine ? status : ExitStatus::nothing_selected;
  }
  report(options, rules, sample, console);
  return status;
}

}  // namespace

Action declare_plan(Arguments& app) {
  const auto options = std::make_shared<PlanOptions>();
  add_load_options(app, options->load);
  add_filter_option(app, options->selection);
  app.add_option("--rule", options->view.rule, "one rule in detail").type_name("ID");
  app.add_option("--log-type", options->log_type,
                 "only rules for this log type; also that of events of the sample that carry none")
      .type_name("NAME");
  app.add_flag("--all", options->view.all, "every rule, not only the ten that cost most");
  app.add_option("--sample", options->sample,
                 "JSON lines from which to learn what is rare in events (default: a guess)")
      .type_name("FILE");
  add_choice(app, "--format", options->format, {"human", "json"},
             "how to report (default: human); tools/README.md documents json");
  app.footer(
      "Examples:\n"
      "  picket plan\n"
      "  picket plan --log-type AWS.CloudTrail --sample trail.jsonl rules\n"
      "  picket plan --rule AWS.CloudTrail.Stopped\n");
  return [options](Console& console) { return plan(*options, console); };
}

}  // namespace picket
