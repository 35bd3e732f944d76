#include "engine/ruletest/select.hpp"

#include <memory>

#include "tests/catch.hpp"

namespace picket {
namespace {

Rule rule() {
  Rule rule;
  rule.source = std::make_shared<const Source>("rules/aws/trail.yml", "");
  rule.id.value = "AWS.Trail";
  rule.severity.value = Severity::high;
  rule.tags = {{"Defense Evasion", {}}, {"AWS", {}}};
  rule.log_types = {{"AWS.CloudTrail", {}}};
  return rule;
}

using Values = std::vector<std::string>;

SelectionOptions only(Values SelectionOptions::*kind, Values values) {
  SelectionOptions options;
  options.*kind = std::move(values);
  return options;
}

bool selected(const SelectionOptions& options) { return std::get<Selection>(Selection::make(options)).selects(rule()); }

}  // namespace

TEST_CASE("values of one option are alternatives, options restrict one another") {
  CHECK(selected(SelectionOptions()));
  CHECK(selected(only(&SelectionOptions::ids, {"AWS.*"})));
  CHECK(selected(only(&SelectionOptions::ids, {"Okta.*", "AWS.Trail"})));
  CHECK_FALSE(selected(only(&SelectionOptions::ids, {"aws.trail"})));
  CHECK(selected(only(&SelectionOptions::tags, {"aws"})));
  CHECK(selected(only(&SelectionOptions::tags, {"defense*"})));
  CHECK(selected(only(&SelectionOptions::severities, {"HIGH"})));
  CHECK_FALSE(selected(only(&SelectionOptions::severities, {"low"})));
  CHECK(selected(only(&SelectionOptions::log_types, {"aws.*"})));
  CHECK(selected(only(&SelectionOptions::paths, {"aws/"})));
  CHECK(selected(only(&SelectionOptions::paths, {"rules/*/trail.yml"})));
  CHECK_FALSE(selected(only(&SelectionOptions::paths, {"okta/"})));
  SelectionOptions both = only(&SelectionOptions::ids, {"AWS.*"});
  both.severities = {"low"};
  CHECK_FALSE(selected(both));
}

TEST_CASE("tests are selected by name") {
  RuleTest test;
  test.name.value = "a user stops the trail";
  const auto selects = [&](std::string glob) {
    return std::get<Selection>(Selection::make(only(&SelectionOptions::tests, {std::move(glob)}))).selects(test);
  };
  CHECK(selects("a user stops the trail"));
  CHECK(selects("*stops*"));
  CHECK_FALSE(selects("starts"));
}

TEST_CASE("what cannot be read is told") {
  const auto error = std::get<SelectionError>(Selection::make(only(&SelectionOptions::severities, {"urgent"})));
  CHECK(error.option == "--severity");
  CHECK(error.value == "urgent");
  CHECK(std::get<SelectionError>(Selection::make(only(&SelectionOptions::ids, {"a[b"}))).option == "--id");
}

}  // namespace picket
