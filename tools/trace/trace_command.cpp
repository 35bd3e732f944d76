#include "tools/trace/trace_command.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "engine/event/json.hpp"
#include "engine/ruletest/setting.hpp"
#include "grammar/text/nearest.hpp"
#include "tools/loading.hpp"
#include "tools/selecting.hpp"
#include "tools/terminal/display.hpp"
#include "tools/trace/trace_report.hpp"

namespace picket {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t default_columns = 120;  // of human reports that go to a file

struct Options {
  LoadOptions load;
  std::string rule;
  std::string event;
  std::string log_type;
  std::string format = "human";
  bool unfold = false;
};

// An event to trace, with the test whose mocks and clock it has.
struct NamedEvent {
  std::string name;
  Value event;
  const RuleTest* test = nullptr;
};

// What is wrong, in words that follow "picket trace: ".
struct Fault {
  std::string words;
  ExitStatus status = ExitStatus::could_not;
};

// The rule of that id; or of that file, if the rule was given as one and the file holds one.
std::variant<const CheckedRule*, Fault> find_rule(const LoadedPack& loaded, const std::string& rule, bool is_file) {
  const std::vector<CheckedRule>& rules = loaded.checked.rules;
  if (is_file && rules.size() == 1) return &rules.front();
  if (is_file) {
    return Fault{.words = escape_controls(rule) + " holds " + (rules.empty() ? "no sound rule" : "several rules"),
                 .status = rules.empty() ? ExitStatus::found : ExitStatus::could_not};
  }
  std::vector<std::string> ids;
  for (const CheckedRule& checked : rules) {
    if (checked.rule->id.value == rule) return &checked;
    ids.push_back(checked.rule->id.value);
  }
  std::string words = "there is no sound rule `" + escape_controls(rule) + "`";
  if (const auto meant = nearest(rule, ids)) words += "; did you mean `" + escape_controls(*meant) + "`?";
  return Fault{.words = std::move(words), .status = ExitStatus::nothing_selected};
}

void add_events(const Value& value, const std::string& name, std::vector<NamedEvent>& events) {
  const Object* object = value.object();
  const Value* records = object == nullptr ? nullptr : object->find_exact("Records");
  const List* list = value.list() != nullptr ? value.list() : (records != nullptr ? records->list() : nullptr);
  if (list == nullptr) {
    if (object != nullptr) events.push_back({.name = name, .event = value, .test = nullptr});
    return;
  }
  for (std::size_t i = 0; i < list->size(); ++i) {
    if ((*list)[i].object() == nullptr) continue;
    events.push_back({.name = name + "[" + std::to_string(i) + "]", .event = (*list)[i], .test = nullptr});
  }
}

// One JSON document (an event, an array, CloudTrail's Records), else JSON lines.
std::variant<std::vector<NamedEvent>, Fault> read_events(const std::string& text, const std::string& name) {
  std::vector<NamedEvent> events;
  if (auto whole = read_json(text); std::holds_alternative<Value>(whole)) {
    add_events(std::get<Value>(whole), name, events);
  } else {
    std::size_t number = 0;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      const std::string line = text.substr(at, end - at);
      at = end + 1;
      ++number;
      if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
      auto value = read_json(line);
      if (!std::holds_alternative<Value>(value)) {
        return Fault{.words = name + ":" + std::to_string(number) + ": this is no JSON"};
      }
      add_events(std::get<Value>(value), name + ":" + std::to_string(number), events);
    }
  }
  if (events.empty()) return Fault{.words = name + " holds no event: no JSON object"};
  return events;
}

std::variant<std::vector<NamedEvent>, Fault> find_events(const Options& options, const Rule& rule) {
  std::vector<NamedEvent> events;
  std::vector<std::string> names;
  for (const RuleTest& test : rule.tests) {
    names.push_back(test.name.value);
    if (!options.event.empty() && test.name.value != options.event) continue;
    events.push_back({.name = "\u201c" + test.name.value + "\u201d", .event = test.event, .test = &test});
  }
  if (options.event.empty() && events.empty()) return Fault{.words = "the rule has no tests; give an event"};
  if (!events.empty()) return events;
  if (options.event == "-") {
    return read_events({std::istreambuf_iterator<char>(std::cin), {}}, "standard input");
  }
  const std::string name = escape_controls(options.event);
  std::error_code ignored;
  if (!fs::is_regular_file(options.event, ignored)) {
    std::string words = "`" + name + "` is neither a file nor the name of a test of this rule";
    if (const auto meant = nearest(options.event, names)) words += "; did you mean `" + escape_controls(*meant) + "`?";
    return Fault{.words = std::move(words)};
  }
  std::ifstream file(options.event, std::ios::binary);
  if (!file) return Fault{.words = name + " cannot be read"};
  return read_events({std::istreambuf_iterator<char>(file), {}}, name);
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
  for (const NamedEvent& event : std::get<std::vector<NamedEvent>>(events)) {
    const TestSetting setting(rule, event.test != nullptr ? *event.test : plain, test_options, event.event);
    EvaluationInput input = setting.input();
    if (!options.log_type.empty()) input.log_type = options.log_type;
    traced.push_back({.name = event.name, .trace = trace_rule(interpreter, loaded.checked, rule, input)});
  }
  Output& out = console.out();
  if (options.format == "json") {
    out.write(json_traces(rule, traced));
    return ExitStatus::fine;
  }
  for (std::size_t i = 0; i < traced.size(); ++i) {
    if (i > 0) out.line("");
    out.write(human_trace(rule, traced[i], options.unfold, out.palette(), out.width().value_or(default_columns)));
  }
  return ExitStatus::fine;
}

}  // namespace

Action declare_trace(CLI::App& app) {
  const auto options = std::make_shared<Options>();
  app.add_option("rule", options->rule, "a rule's id, or its file")->type_name("RULE")->required();
  app.add_option("event", options->event,
                 "a file of JSON, the name of a test of the rule, or - for standard input (default: all its tests)")
      ->type_name("EVENT");
  app.add_option("--rules", options->load.paths, "where to look for the rule's id (default: the project's, or rules)")
      ->type_name("PATH")
      ->allow_extra_args(false);
  add_project_option(app, options->load);
  app.add_option("--log-type", options->log_type, "the log type of events that carry none")->type_name("NAME");
  app.add_flag("-u,--unfold", options->unfold, "also the parts of the definitions that the condition asks for");
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
