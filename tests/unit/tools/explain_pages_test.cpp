// Every code has a page; its bad example gives exactly that code, once, and nothing else, its good example nothing.
#include <memory>

#include "engine/analyse/analyse.hpp"
#include "engine/pack/pack.hpp"
#include "engine/project/silence.hpp"
#include "engine/ruleset/unindexed.hpp"
#include "engine/ruletest/mocks.hpp"
#include "engine/simple/conditions.hpp"
#include "tests/catch.hpp"
#include "tests/unit/tools/page_examples.hpp"
#include "tools/explain/pages.hpp"

namespace picket::tests {
namespace {

std::vector<std::string> diagnose(const PageExample& example) {
  std::vector<SourcePtr> sources;
  for (const std::string& text : example.texts) {
    sources.push_back(std::make_shared<const Source>("example" + std::to_string(sources.size()) + ".yml", text));
  }
  PackOptions options;
  for (const auto& [name, text] : example.files) {
    options.unsaved.emplace(name, std::make_shared<const Source>(name, text));
  }
  Diagnostics diagnostics;
  const auto pack = std::make_shared<const Pack>(load_sources(sources, options, diagnostics));
  const auto checked = std::make_shared<const CheckedPack>(analyse(pack, {}, diagnostics));
  check_mocks(*checked, diagnostics);
  lint_unindexed_conditions(RuleSet(checked), diagnostics);
  silence(sources, {}, diagnostics);
  std::vector<std::string> found;
  for (const Diagnostic& diagnostic : diagnostics.all()) found.emplace_back(row_of(diagnostic.code).word);
  return found;
}

}  // namespace

TEST_CASE("every code has a page whose examples show it") {
  for (const CodeRow& row : diagnostic_codes()) {
    INFO(row.word);
    const auto page = page_of(row.code);
    REQUIRE(page.has_value());
    CHECK(page->starts_with("# " + std::string(row.word) + "\n"));
    const PageExample bad = example_of(*page, "Bad");
    const PageExample good = example_of(*page, "Good");
    REQUIRE_FALSE(bad.texts.empty());
    REQUIRE_FALSE(good.texts.empty());
    if (bad.kind == "sh") continue;  // faults of paths; tests/front_door runs them
    CHECK(diagnose(bad) == std::vector<std::string>{std::string(row.word)});
    CHECK(diagnose(good).empty());
  }
}

TEST_CASE("the pages on Panther's conditions name them all, and those that filters have") {
  const auto all = page_of(Code::unknown_condition);
  const auto filters = page_of(Code::misplaced_condition);
  REQUIRE(all.has_value());
  REQUIRE(filters.has_value());
  const std::string of_filters(filters->substr(0, filters->find("`Group`")));
  for (const simple::ConditionRow& row : simple::conditions()) {
    INFO(row.spelling);
    const std::string name = "`" + std::string(row.spelling) + "`";
    CHECK(all->find(name) != std::string_view::npos);
    CHECK((of_filters.find(name) != std::string::npos) == row.filters);
  }
}

}  // namespace picket::tests
