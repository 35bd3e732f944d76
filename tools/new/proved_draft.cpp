#include "tools/new/proved_draft.hpp"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <utility>
#include <vector>

#include "engine/analyse/analyse.hpp"
#include "engine/format/format.hpp"
#include "engine/pack/pack.hpp"
#include "engine/pack/read_file.hpp"
#include "engine/ruleset/unindexed.hpp"
#include "engine/ruletest/ruletest.hpp"
#include "tools/selecting.hpp"

namespace picket {
namespace {

// The libraries and data models that a file there is read with.
std::vector<SourcePtr> context_of(const std::string& output) {
  std::vector<SourcePtr> sources;
  Diagnostics ignored;  // of other files
  for (const std::string& path : find_context({output}, {output})) {
    if (SourcePtr source = read_file(path, yaml::Limits{}.bytes, ignored)) sources.push_back(std::move(source));
  }
  return sources;
}

bool has_actor(const std::vector<SourcePtr>& context, const std::string& log_type) {
  Diagnostics ignored;
  const Pack pack = load_sources(context, {}, ignored);
  return std::any_of(pack.data_models.begin(), pack.data_models.end(), [&](const DataModel& model) {
    const bool serves = std::any_of(model.log_types.begin(), model.log_types.end(),
                                    [&](const auto& one) { return one.value == log_type; });
    return serves && model.enabled &&
           std::any_of(model.mappings.begin(), model.mappings.end(),
                       [](const auto& mapping) { return mapping.name.value == "actor_user"; });
  });
}

// What is wrong with a draft, in words; nothing if it may be given away.
std::string fault_of(const SourcePtr& draft, std::vector<SourcePtr> sources, const Value& event) {
  sources.push_back(draft);
  Diagnostics diagnostics;
  const auto pack = std::make_shared<const Pack>(load_sources(sources, {}, diagnostics));
  const auto checked = std::make_shared<const CheckedPack>(analyse(pack, {}, diagnostics));
  lint_unindexed_conditions(RuleSet(checked), diagnostics);
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    if (diagnostic.source == draft && diagnostic.level != Level::note) return diagnostic.message;
  }
  std::vector<TestCase> cases;
  for (const CheckedRule& rule : checked->rules) {
    if (rule.rule->source != draft) continue;
    for (const RuleTest& test : rule.rule->tests) cases.push_back({&rule, &test});
  }
  TestOptions options;
  options.now = current_time();
  for (const TestResult& result : run_tests(*checked, cases, options)) {
    if (!result.passed()) return result.failures.front().message;
  }
  if (cases.size() != 2) return "it has no tests";
  for (const auto& [key, value] : event.object()->entries()) {
    const Value* written = cases.front().test->event.object()->find_exact(key);
    const bool same = key == "p_log_type" || (written != nullptr && *written == value);
    if (!same) return "YAML cannot hold the value of `" + key + "`";
  }
  return {};
}

std::string formatted(const std::string& text) {
  Diagnostics ignored;
  const Formatted result = format_analysis(std::make_shared<const Source>("rule.yml", text), ignored);
  return result.outcome == FormatOutcome::changed ? result.text : text;
}

}  // namespace

ProvedDraft prove_draft(const Value& event, DraftOptions options, const std::string& output) {
  const std::vector<SourcePtr> context = output.empty() ? std::vector<SourcePtr>{} : context_of(output);
  const std::string name = output.empty() ? "rule.yml" : output;
  ProvedDraft proved;
  // With the names of the data model if they do, else without.
  for (const bool udm : {true, false}) {
    if (udm && !has_actor(context, options.log_type)) continue;
    options.udm_actor = udm;
    proved.text = formatted(draft_rule(event, options));
    proved.fault = fault_of(std::make_shared<const Source>(name, proved.text), context, event);
    if (proved.fault.empty()) break;
  }
  return proved;
}

Value example_event(const std::string& output, const std::string& log_type) {
  if (output.empty()) return placeholder_event(log_type);
  const std::filesystem::path folder = std::filesystem::path(output).parent_path();
  Diagnostics ignored;
  const Pack pack = load_pack({folder.empty() ? std::string(".") : folder.string()}, {}, ignored);
  for (const Rule& rule : pack.rules) {
    const bool fits = std::any_of(rule.log_types.begin(), rule.log_types.end(),
                                  [&](const auto& one) { return one.value == log_type; });
    for (const RuleTest& test : rule.tests) {
      if (fits && test.expected) return test.event;
    }
  }
  return placeholder_event(log_type);
}

}  // namespace picket
