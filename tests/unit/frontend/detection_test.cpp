// What Panther's YAML conditions become: expressions of the detection language, as plain as they can be, so that a plan
// can find rules by them. What they mean is in tests/conformance/panther.
#include <string>
#include <vector>

#include "engine/simple/conditions.hpp"
#include "grammar/ast/print.hpp"
#include "tests/catch.hpp"
#include "tests/unit/frontend/analysis_text.hpp"

namespace picket::tests {
namespace {

std::string file_with(const std::string& logic) {
  return "AnalysisType: rule\nRuleID: a\nEnabled: true\nLogTypes: [T]\nSeverity: Low\n" + logic;
}

Rule rule_of(const std::string& logic) {
  ReadText read = read_text(file_with(logic));
  INFO(logic);
  REQUIRE(found(read) == Words{});
  return read.pack.rules.at(0);
}

std::string lowered(const std::string& expression) {
  return print(rule_of("Detection: [" + expression + "]\n").condition);
}

struct Row {
  std::string yaml;
  std::string printed;
};

TEST_CASE("a condition of a plain field is one comparison") {
  const std::vector<Row> rows = {
      {"{Key: a, Condition: Equals, Value: x}", "$.a eq \"x\""},
      {"{Key: a.b, Condition: DoesNotEqual, Value: -1.5}", "$[\"a.b\"] ne -1.5"},
      {"{DeepKey: [a, any], Condition: IsIn, Values: [x, y]}", R"($.a.any in ["x", "y"])"},
      {"{KeyPath: a.b, Condition: IsNotIn, Values: [1]}", "$.a.b ne 1"},
      {"{Key: a, Condition: IStartsWith, Value: x}", "$.a starts_with~ \"x\""},
      {"{Key: a, Condition: DoesNotEndWith, Value: x}", "$.a not ends_with \"x\""},
      {"{Key: a, Condition: Contains, Value: 5}", "$.a contains 5"},
      {"{Key: a, Condition: IsLessThanOrEqual, Value: 5}", "$.a le 5"},
      {"{Key: a, Condition: IsNullOrEmpty}", "$.a is empty"},
      {"{Key: a, Condition: DoesNotExist}", "not has($.a)"},
      {"{Key: a, Condition: IsIPAddress, Value: false}", "$.a is not ip"},
  };
  for (const Row& row : rows) CHECK(lowered(row.yaml) == row.printed);
}

TEST_CASE("a guard stands where the language asks more freely, and nowhere else") {
  const std::vector<Row> rows = {
      {"{Key: a, Condition: Contains, Value: x}", "$.a contains \"x\" and $.a is not object"},
      {"{Key: a, Condition: IsIPAddressInCIDR, Value: 10.0.0.0/8}", "$.a in cidr \"10.0.0.0/8\" and $.a is ip"},
      {"{DeepKey: [a, 0], Condition: Equals, Value: x}", "$.a is list and $.a[0] eq \"x\""},
      {"{DeepKey: [a, 0], Condition: DoesNotEqual, Value: x}", "not ($.a is list and $.a[0] eq \"x\")"},
      {"{Key: a, Condition: AnyElement, Expressions: [{Key: b, Condition: IsNull}]}",
       "$.a is list and any $.a { .b is null }"},
      {"{Key: a, Condition: AllElements, Expressions: [{Key: b, Condition: Exists}]}",
       "$.a is not list or all $.a { has(.b) }"},
      {"{Condition: Equals, Values: [{Key: a}, {Key: b}]}", "$.a eq $.b"},
      {"{Condition: IsGreaterThan, Values: [{Key: a}, {Key: b}]}", "$.a gt $.b and $.a is number"},
  };
  for (const Row& row : rows) CHECK(lowered(row.yaml) == row.printed);
}

TEST_CASE("what holds for every event is no line; filters stand before the logic") {
  CHECK(lowered("{Condition: AlwaysTrue}").empty());
  CHECK(print(rule_of("Condition: b\nInlineFilters: [{All: []}, {KeyPath: a, Condition: Equals, Value: 1}]\n")
                  .condition) == "not has($.a) or $.a eq 1\nb");
}

TEST_CASE("a field below many indexes is asked for once") {
  std::string steps = "a";
  for (int i = 0; i < 60; ++i) steps += ", 0";
  const std::string text = lowered("{Condition: Equals, Values: [{DeepKey: [" + steps + "]}, {Key: b}]}, {DeepKey: [" +
                                   steps + "], Condition: Exists}");
  CHECK(text.size() < 40'000);
}

TEST_CASE("every node stands where the author wrote it") {
  const std::string logic = "Detection:\n  - Key: 'action'\n    Condition: Equals\n    Value: \"x\"\n";
  const Rule rule = rule_of(logic);
  const auto written = [&](SourceSpan span) { return std::string(rule.source->text(span)); };
  const Expr& line = rule.condition.lines.at(0);
  CHECK(written(line.span) == "Key: 'action'\n    Condition: Equals\n    Value: \"x\"");
  const auto& compare = std::get<CompareExpr>(line.node);
  CHECK(written(compare.left->span) == "action");
  CHECK(written(compare.clause.op_span) == "Equals");
  CHECK(written(compare.clause.right->span) == "\"x\"");
}

TEST_CASE("policies and scheduled rules may have a Detection") {
  const std::string logic = "Detection: [{Key: a, Condition: Exists}]\n";
  ReadText policy = read_text("AnalysisType: policy\nPolicyID: a\nEnabled: true\nSeverity: Low\n" + logic);
  CHECK(policy.pack.rules.at(0).condition.lines.size() == 1);
  ReadText scheduled = read_text(
      "AnalysisType: scheduled_rule\nRuleID: a\nEnabled: true\nScheduledQueries: [q]\nSeverity: Low\n" + logic);
  CHECK(scheduled.pack.rules.at(0).condition.lines.size() == 1);
}

TEST_CASE("a near name of a condition is proposed, and in filters only what may stand there") {
  ReadText read = read_text(file_with("Detection: [{Key: a, Condition: isin, Values: [1]}]\n"));
  CHECK(found(read) == Words{"unknown-condition 6:33"});
  CHECK(fixed(read) == file_with("Detection: [{Key: a, Condition: IsIn, Values: [1]}]\n"));
  for (const simple::ConditionRow& row : simple::conditions()) {
    CHECK(simple::find_condition(row.spelling) == &row);  // no name is there twice
  }
}

TEST_CASE("filters that are all taken out are told") {
  ReadText read = read_text(file_with("Condition: b\nInlineFilters:\n"));
  CHECK(found(read) == Words{"ignored-value 7:1"});
  CHECK_FALSE(read.diagnostics.has_errors());
}

TEST_CASE("an unknown condition hides nothing else of its expression") {
  const auto mistakes = [](const std::string& logic) {
    ReadText read = read_text(file_with(logic));
    return found(read);
  };
  CHECK(mistakes("Detection:\n  - key: a\n    Condition: equals\n    Valeu: 1\n") ==
        Words{"unknown-key 7:5", "unknown-condition 8:16", "unknown-key 9:5"});
  CHECK(mistakes("Detection:\n  - Key: a\n    Condition: AnyElementt\n    Expressions:\n      - Key: b\n"
                 "        Condition: Nope\n") == Words{"unknown-condition 8:16", "unknown-condition 11:20"});
  CHECK(mistakes("Detection:\n  - DeepKey: a\n    Condition: Nope\n") ==
        Words{"wrong-type 7:14", "unknown-condition 8:16"});
  CHECK(mistakes("Detection:\n  - Foo: 1\n    Any: [{Key: a, Condition: Exists}]\n") == Words{"unknown-key 7:5"});
  CHECK(mistakes("Detection:\n  - All: [&e {Key: a, Condition: Nope}]\n  - Any: [*e]\n") ==
        Words{"unknown-condition 7:34"});
}

}  // namespace
}  // namespace picket::tests
