#include "tests/conformance/correlation_case.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <iterator>
#include <limits>
#include <memory>
#include <set>

#include "engine/attack/attack_table.hpp"
#include "engine/correlation/correlator.hpp"
#include "engine/eval/execute.hpp"
#include "engine/event/json.hpp"
#include "engine/pack/pack.hpp"
#include "engine/state/rules_version.hpp"
#include "engine/yaml/node.hpp"
#include "tests/conformance/sigma_case.hpp"

namespace picket::tests {
namespace {

constexpr std::array<std::string_view, 8> correlation_case_keys = {"about",  "correlation", "correlations", "files",
                                                                   "events", "firings",     "alerts",       "error"};
constexpr double second = 1'000'000;

// Rules that every case has: `a` finds the events whose `is` is a, and so on.
std::string base_rules() {
  std::string text;
  for (const std::string name : {"a", "b", "c", "d"}) {
    text += "title: Rule " + name + "\nname: " + name + "\nid: id-" + name +
            "\nlogsource: {category: conformance}\ndetection: {s: {is: " + name + "}, condition: s}\n---\n";
  }
  return text;
}

std::string number(double value) {
  const auto whole = Value(value).as_index();
  return whole ? std::to_string(*whole) : to_json(value);
}

std::string seconds(Time time) { return number(static_cast<double>(time.microseconds) / second); }

class CorrelationCaseReader {
 public:
  CorrelationCaseReader(SourcePtr source, std::vector<std::string>& faults)
      : source_(std::move(source)), faults_(faults) {}

  std::vector<CorrelationCase> read() {
    Diagnostics diagnostics;
    const yaml::NodePtr root = yaml::load(source_, diagnostics);
    for (const Diagnostic& one : diagnostics.all()) faults_.push_back(source_->name() + ": " + one.message);
    const yaml::Mapping* mapping = root == nullptr ? nullptr : root->mapping();
    const auto* cases = mapping == nullptr ? nullptr : mapping->find("cases");
    std::vector<CorrelationCase> read;
    if (cases == nullptr || cases->value->sequence() == nullptr) {
      faults_.push_back(source_->name() + ": there are no `cases`");
      return read;
    }
    for (const yaml::NodePtr& item : cases->value->sequence()->items) {
      if (item->mapping() != nullptr) read.push_back(read_case(*item->mapping(), item->span));
    }
    return read;
  }

 private:
  CorrelationCase read_case(const yaml::Mapping& mapping, SourceSpan span) {
    CorrelationCase made;
    made.place = source_->name() + ":" + std::to_string(source_->locate(span.begin).line);
    for (const auto& entry : mapping.entries) {
      if (std::ranges::find(correlation_case_keys, entry.key) == correlation_case_keys.end()) {
        faults_.push_back(made.place + ": unknown key " + entry.key);
      }
    }
    read_sources(mapping, made);
    for (const Value& event : list(mapping, "events")) {
      const Value* at = event.object() == nullptr ? nullptr : event.object()->find_exact("at");
      const auto time = at == nullptr ? std::nullopt : at->as_double();
      if (!time) faults_.push_back(made.place + ": an event without `at`");
      made.events.push_back({Time{std::llround(time.value_or(0) * second)}, event});
    }
    for (const Value& firing : list(mapping, "firings")) made.firings.push_back(to_text(firing));
    if (mapping.find("alerts") != nullptr) made.alerts.emplace();
    for (const Value& alert : list(mapping, "alerts")) made.alerts->push_back(to_text(alert));
    if (const auto* error = mapping.find("error")) made.error = error->value->scalar()->text;
    if (made.error.empty() && mapping.find("firings") == nullptr)
      faults_.push_back(made.place + ": nothing is expected");
    return made;
  }

  // JSON is YAML.
  static std::string correlation_of(const std::string& name, const yaml::Node& node) {
    return "title: Correlation " + name + "\nname: " + name + "\ncorrelation: " + to_json(node.value()) + "\n---\n";
  }

  void read_sources(const yaml::Mapping& mapping, CorrelationCase& made) {
    std::string text = base_rules();
    if (const auto* one = mapping.find("correlation")) text += correlation_of("k", *one->value);
    if (const auto* several = mapping.find("correlations")) {
      for (const auto& entry : several->value->mapping()->entries) text += correlation_of(entry.key, *entry.value);
    }
    made.sources.push_back(std::make_shared<const Source>("rules.yml", text.substr(0, text.size() - 4)));
    for (const Value& file : list(mapping, "files")) {
      made.sources.push_back(
          std::make_shared<const Source>("file" + std::to_string(made.sources.size()) + ".yml", to_text(file)));
    }
  }

  List list(const yaml::Mapping& mapping, std::string_view key) {
    const auto* entry = mapping.find(key);
    if (entry == nullptr) return {};
    const Value value = entry->value->value();
    if (value.list() == nullptr) faults_.push_back(source_->name() + ": `" + std::string(key) + "` is no list");
    return value.list() == nullptr ? List{} : *value.list();
  }

  SourcePtr source_;
  std::vector<std::string>& faults_;
};

std::string told(const Firing& firing) {
  std::string text = firing.correlation->rule->id.value;
  std::string values;
  for (const Value& value : firing.values) values += (values.empty() ? " " : ",") + to_text(value);
  text += values + " " + seconds(firing.began) + ".." + seconds(firing.completed);
  if (firing.decided != firing.completed) text += " @" + seconds(firing.decided);
  if (firing.measured) text += " = " + number(*firing.measured);
  return text;
}

std::string in_words(const std::vector<std::string>& lines) {
  std::string words;
  for (const std::string& line : lines) words += (words.empty() ? "[" : ", ") + line;
  return words.empty() ? "nothing" : words + "]";
}

std::vector<std::string> compare(const CorrelationCase& tested, const std::shared_ptr<const CheckedPack>& checked) {
  const auto rules = std::make_shared<const RuleSet>(checked);
  const RulesVersion version(rules, *AttackTable::built_in());
  Executor executor(rules);
  Correlator correlator(checked);
  std::vector<Firing> firings;
  std::set<std::string> alerts;
  const auto count_alert = [&](std::string_view rule) {
    if (version.find(rule)->create_alert) alerts.emplace(rule);
  };
  std::uint64_t id = 0;
  Time latest{std::numeric_limits<std::int64_t>::min()};
  for (const auto& [time, event] : tested.events) {
    latest = std::max(latest, time);
    correlator.advance(latest, firings);  // as any event moves the clock of a run
    const Judged judged = executor.judge(to_json(event), Time{});
    const Value flat = executor.event().event();
    for (const Match& match : judged.matches) {
      const std::string& rule = match.rule->rule->id.value;
      correlator.take({.rule = rule, .time = time, .id = ++id, .event = &flat}, firings);
      count_alert(rule);
    }
  }
  correlator.advance(Time{std::numeric_limits<std::int64_t>::max()}, firings);
  std::vector<std::string> fired;
  for (const Firing& firing : firings) {
    fired.push_back(told(firing));
    count_alert(firing.correlation->rule->id.value);
  }
  std::vector<std::string> wrong;
  if (fired != tested.firings) {
    wrong.push_back(tested.place + ": expected " + in_words(tested.firings) + ", fired " + in_words(fired));
  }
  const std::vector<std::string> made(alerts.begin(), alerts.end());
  if (tested.alerts && made != *tested.alerts) {
    wrong.push_back(tested.place + ": expected alerts of " + in_words(*tested.alerts) + ", got " + in_words(made));
  }
  return wrong;
}

}  // namespace

std::vector<CorrelationCase> read_correlation_cases(const std::filesystem::path& path,
                                                    std::vector<std::string>& faults) {
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  return CorrelationCaseReader(std::make_shared<const Source>(path.filename().string(), text), faults).read();
}

std::vector<std::string> check_correlation_case(const CorrelationCase& tested) {
  Diagnostics diagnostics;
  const auto checked = check_sources(tested.sources, diagnostics);
  std::string errors;
  bool refused = false;
  for (const Diagnostic& one : diagnostics.all()) {
    if (one.level != Level::error) continue;
    errors += " " + std::string(row_of(one.code).word) + " (" + one.message + ")";
    refused = refused || row_of(one.code).word == tested.error;
  }
  if (!tested.error.empty()) {
    if (refused) return {};
    return {tested.place + ": expected " + tested.error + ", got" + (errors.empty() ? " no error" : errors)};
  }
  if (!errors.empty()) return {tested.place + ": it does not load:" + errors};
  return compare(tested, checked);
}

}  // namespace picket::tests
