#include "tools/trace/trace_command.hpp"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/ruletest/setting.hpp"
#include "tools/events.hpp"
#include "tools/loading.hpp"
#include "tools/selecting.hpp"
#include "tools/terminal/display.hpp"
#include "tools/terminal/unknown_word.hpp"
#include "tools/trace/trace_report.hpp"

namespace picket {
namespace {

namespace fs = std::filesystem;

struct Options {
  LoadOptions load;
  std::string rule;
  std::string event;
  std::string log_type;
  std::string format = "human";
  bool unfold = false;
};

// An event to trace, with the test whose mocks and clock it has.
struct Traceable {
  NamedEvent event;
  const RuleTest* test = nullptr;
};

// What is wrong, in words that follow "picket trace: ".
struct Fault {
  std::string words;
  ExitStatus status = ExitStatus::could_not;
};

// By its id, or by the name that Sigma's correlations know it by.
bool is_called(const RuleMetadata& rule, const std::string& name) { return rule.id.value == name || rule.name == name; }

// The rule of that id or name; or of that file, if the rule was given as one and the file holds one.
std::variant<const CheckedRule*, Fault> find_rule(const LoadedPack& loaded, const std::string& rule, bool is_file) {
  const std::vector<CheckedRule>& rules = loaded.checked.rules;
  if (is_file && rules.size() == 1) return &rules.front();
  for (const CorrelationRule& correlation : loaded.pack->correlations) {
    if (is_file ? !rules.empty() : !is_called(correlation, rule)) continue;
    return Fault{.words =
                     escape_controls(rule) + (is_file ? " holds" : " is") +
                     " a correlation rule, which judges signals, not events; `picket test` shows why it fires or not"};
  }
  if (is_file) {
    return Fault{.words = escape_controls(rule) + " holds " + (rules.empty() ? "no sound rule" : "several rules"),
                 .status = rules.empty() ? ExitStatus::found : ExitStatus::could_not};
  }
  std::vector<std::string> ids;
  for (const CheckedRule& checked : rules) {
    if (is_called(*checked.rule, rule)) return &checked;
    ids.push_back(checked.rule->id.value);
  }
  return Fault{.words = unknown_word("sound rule", rule, ids), .status = ExitStatus::nothing_selected};
}

std::variant<std::vector<Traceable>, Fault> find_events(const Options& options, const Rule& rule) {
  std::vector<Traceable> found;
  std::vector<std::string> names;
  for (const RuleTest& test : rule.tests) {
    names.push_back(test.name.value);
    if (!options.event.empty() && test.name.value != options.event) continue;
    found.push_back({.event = {.name = "\u201c" + test.name.value + "\u201d", .event = test.event}, .test = &test});
  }
  if (options.event.empty() && found.empty()) return Fault{.words = "the rule has no tests; give an event"};
  if (!found.empty()) return found;
  std::error_code ignored;
  if (options.event != "-" && !fs::is_regular_file(options.event, ignored)) {
    return Fault{.words = "`" + escape_controls(options.event) +
                          "` is neither a file nor the name of a test of this rule" + or_nearest(options.event, names)};
  }
  auto read = read_events(options.event);
  if (auto* fault = std::get_if<std::string>(&read)) return Fault{.words = std::move(*fault)};
  for (NamedEvent& event : std::get<std::vector<NamedEvent>>(read)) {
    found.push_back({.event = std::move(event), .test = nullptr});
  }
  return found;
}

ExitStatus fail(Console& console, const Fault& fault) {
  console.err().line("picket trace: " + fault.words);
  return fault.status;
}

ExitStatus trace(Options options, Console& console) {
  std::error_code ignored;
  const bool is_file = fs::is_regular_file(options.rule, ignored);
  if (is_file) options.load.paths = {options.rule};
  options.load.lints = false;
  if (!settle(options.load, "trace", "Give --rules, or the rule's file", console)) return ExitStatus::could_not;
  const LoadedPack loaded = load_checked(options.load);
  const auto found = find_rule(loaded, options.rule, is_file);
  if (const auto* fault = std::get_if<Fault>(&found)) {
    if (loaded.diagnostics.has_errors()) {
      console.err().line("picket trace: something is wrong with the rules; `picket check` tells more");
    }
    return fail(console, *fault);
  }
  const CheckedRule& rule = *std::get<const CheckedRule*>(found);
  const auto events = find_events(options, *rule.rule);
  if (const auto* fault = std::get_if<Fault>(&events)) return fail(console, *fault);

  const RuleTest plain;
  TestOptions test_options;
  test_options.now = current_time();
  Interpreter interpreter(loaded.checked);
  std::vector<TracedEvent> traced;
  for (const auto& [event, test] : std::get<std::vector<Traceable>>(events)) {
    const std::optional<Value> flat = flat_form_for(loaded.checked, *rule.rule, event.event);
    const TestSetting setting(rule, test != nullptr ? *test : plain, test_options, flat ? *flat : event.event);
    EvaluationInput input = setting.input();
    if (!options.log_type.empty()) input.log_type = options.log_type;
    traced.push_back({.name = event.name, .trace = trace_rule(interpreter, loaded.checked, rule, input)});
  }
  Output& out = console.out();
  // A selection of Sigma's is a definition only here; its lines are the rule's own.
  const bool unfold = options.unfold || rule.rule->format == RuleFormat::sigma;
  if (options.format == "json") {
    out.write(json_traces(rule, traced));
    return ExitStatus::fine;
  }
  for (std::size_t i = 0; i < traced.size(); ++i) {
    if (i > 0) out.line("");
    out.write(human_trace(rule, traced[i], unfold, out.palette(), out.width().value_or(default_columns)));
  }
  return ExitStatus::fine;
}

}  // namespace

Action declare_trace(Arguments& app) {
  const auto options = std::make_shared<Options>();
  app.add_option("rule", options->rule, "a rule's id (or a Sigma rule's name), or its file")
      .type_name("RULE")
      .required();
  app.add_option("event", options->event,
                 "a file of JSON, the name of a test of the rule, or - for standard input (default: all its tests)")
      .type_name("EVENT");
  app.add_option("--rules", options->load.paths, "where to look for the rule's id (default: the project's, or rules)")
      .type_name("PATH")
      .one_at_a_time();
  add_project_option(app, options->load);
  app.add_option("--log-type", options->log_type, "the log type of events that carry none").type_name("NAME");
  app.add_flag("-u,--unfold", options->unfold,
               "also the parts of the definitions that the condition asks for; of Sigma's selections always");
  add_choice(app, "--format", options->format, {"human", "json"},
             "how to report (default: human); tools/README.md documents json");
  app.footer(
      "Examples:\n"
      "  picket trace AWS.CloudTrail.Stopped                       its tests\n"
      "  picket trace AWS.CloudTrail.Stopped event.json --unfold\n"
      "  jq -c .Records[0] trail.json | picket trace rules/aws_cloudtrail/cloudtrail_stopped.yml -\n");
  return [options](Console& console) { return trace(*options, console); };
}

}  // namespace picket
