// What events get of lookup tables (lookup/*.yml), by the rules of a pack: as tests of rules see it, and as the
// executor judges. Rules are asked for the whole of `p_enrichment`.
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include "engine/analyse/analyse.hpp"
#include "engine/eval/execute.hpp"
#include "engine/event/json.hpp"
#include "engine/lookup/enrichment.hpp"
#include "engine/pack/pack.hpp"
#include "engine/ruletest/setting.hpp"
#include "tests/catch.hpp"

namespace picket::tests {
namespace {

constexpr std::string_view lookup_log_type = "Conformance.Lookup";

Value read_cases() {
  std::ifstream stream(project_dir() / "tests/conformance/lookup/tables.yml", std::ios::binary);
  const auto source =
      std::make_shared<const Source>("tables.yml", std::string(std::istreambuf_iterator<char>(stream), {}));
  Diagnostics diagnostics;
  const yaml::NodePtr root = yaml::load(source, diagnostics);
  REQUIRE_FALSE(diagnostics.has_errors());
  return root->value();
}

const Value& at(const Value& object, std::string_view key) {
  static const Value null;
  const Value* found = object.object() == nullptr ? nullptr : object.object()->find_exact(key);
  return found == nullptr ? null : *found;
}

SourcePtr source(const std::string& name, const std::string& text) {
  return std::make_shared<const Source>(name, text);
}

std::shared_ptr<const CheckedPack> pack_of(const Value& file) {
  PackOptions options;
  std::vector<SourcePtr> sources = {
      source("rule.yml", "AnalysisType: rule\nRuleID: Case\nEnabled: true\nLogTypes: [" + std::string(lookup_log_type) +
                             "]\nSeverity: Low\nCondition: x is null\nAlertContext: 'e: p_enrichment'\n")};
  for (const auto& [name, rows] : at(file, "tables").object()->entries()) {
    options.unsaved[name + ".csv"] = source(name + ".csv", to_text(rows));
    sources.push_back(
        source(name + ".yml", "AnalysisType: lookup_table\nLookupName: " + name + "\nEnabled: true\nFilename: " + name +
                                  ".csv\nLogTypeMap:\n  PrimaryKey: " + to_text(at(at(file, "keys"), name)) +
                                  "\n  AssociatedLogTypes: [{LogType: " + std::string(lookup_log_type) +
                                  ", Selectors: " + to_json(at(at(file, "selectors"), name)) + "}]\n"));
  }
  Diagnostics diagnostics;
  auto pack = std::make_shared<const Pack>(load_sources(sources, options, diagnostics));
  auto checked =
      std::make_shared<const CheckedPack>(analyse(std::move(pack), {.lints = false, .threads = 1}, diagnostics));
  for (const Diagnostic& diagnostic : diagnostics.all()) FAIL_CHECK(diagnostic.source->name() << diagnostic.message);
  return checked;
}

Value context_of(const AlertTexts& texts) { return at(texts.context, "e"); }

}  // namespace

TEST_CASE("every case of lookup tables gets what it says, in tests and in runs") {
  const Value file = read_cases();
  const auto pack = pack_of(file);
  REQUIRE(pack->rules.size() == 1);
  const auto rules = std::make_shared<const RuleSet>(pack);
  ExecutorOptions options;
  options.log_type = lookup_log_type;
  Executor executor(rules, options);
  Interpreter interpreter(*pack);
  std::size_t cases = 0;
  for (const Value& one : *at(file, "cases").list()) {
    const Value& event = at(one, "event");
    const Value& gets = at(one, "gets");
    INFO(to_json(event));
    ++cases;
    if (at(event, "p_enrichment").is_null()) {  // a test's event is taken at its word
      RuleTest test;
      test.event = event;
      const TestSetting setting(pack->rules.front(), test, {});
      interpreter.start(setting.input());
      CHECK(to_json(context_of(alert_texts(interpreter, pack->rules.front()))) == to_json(gets));
    }
    if (!at(event, "_mocked_lookup_data_").is_null()) continue;  // only tests know it
    const Judged judged = executor.judge(to_json(event), {});
    REQUIRE(judged.matches.size() == 1);
    CHECK(to_json(context_of(executor.texts(judged.matches.front()))) == to_json(gets));
    CHECK(to_json(executor.event().member("p_enrichment")) == to_json(gets));
  }
  CHECK(cases >= 30);
}

}  // namespace picket::tests
