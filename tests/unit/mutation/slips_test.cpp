// What a front end says that its author could have written by mistake (WrittenItem::slips) is what the file then means:
// each slip is written into the file, and the file is read again.
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/pack/pack.hpp"
#include "grammar/ast/print.hpp"
#include "grammar/ast/walk.hpp"
#include "tests/catch.hpp"

namespace picket {
namespace {

std::optional<Rule> read(const std::string& text) {
  Diagnostics diagnostics;
  const Pack pack = load_sources({std::make_shared<const Source>("rule.yml", text)}, {}, diagnostics);
  return pack.rules.size() == 1 ? std::optional(pack.rules.front()) : std::nullopt;
}

// Every expression of the rule that is an item, in the order of the texts.
std::vector<Expr> items_of(const Rule& rule) {
  std::vector<Expr> items;
  const auto visit = [&items](const Expr& expr) {
    if (expr.item != nullptr) items.push_back(expr);
  };
  walk(rule.condition, visit);
  for (const Definition& definition : rule.definitions) walk(definition, visit);
  return items;
}

// The words that slips put in the place of others, in the order of the items: "Contains", "6". Each is checked.
std::vector<std::string> checked_slips(const std::string& text) {
  const std::optional<Rule> rule = read(text);
  REQUIRE(rule);
  std::vector<std::string> words;
  const std::vector<Expr> items = items_of(*rule);
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!items[i].item->slips) continue;
    for (const WrittenItem::Slip& slip : items[i].item->slips(items[i])) {
      words.push_back(slip.replacement);
      std::string mistaken = text;
      mistaken.replace(slip.span.begin, slip.span.end - slip.span.begin, slip.replacement);
      INFO(mistaken);
      const std::optional<Rule> read_again = read(mistaken);
      REQUIRE(read_again);
      const std::vector<Expr> items_again = items_of(*read_again);
      REQUIRE(items_again.size() == items.size());
      CHECK(print(slip.meaning) == print(items_again[i]));
      CHECK(!(slip.meaning == items[i]));
    }
  }
  return words;
}

using Words = std::vector<std::string>;

std::string panther(const std::string& key, const std::string& expression) {
  return "AnalysisType: rule\nRuleID: A\nEnabled: true\nLogTypes: [A.B]\nSeverity: Low\n" + key + ":\n  - " +
         expression + "\n" + (key == "Detection" ? "" : "Detection:\n  - Condition: AlwaysTrue\n");
}

std::string sigma(const std::string& line) {
  return "title: a\nid: a\nlogsource: {product: windows, service: security}\ndetection:\n  s:\n    " + line +
         "\n  condition: s\n";
}

}  // namespace

TEST_CASE("one condition of Panther's is taken for another") {
  struct Row {
    const char* expression;
    Words words;
  };
  const std::vector<Row> rows = {
      {"{Key: a, Condition: Equals, Value: x}", {"DoesNotEqual", "Contains", "IEquals"}},
      {"{Key: a, Condition: Equals, Value: 5}", {"DoesNotEqual", "6"}},
      {"{Key: a, Condition: Equals, Value: true}", {"DoesNotEqual"}},
      {"{Key: a, Condition: IDoesNotEqual, Value: x}", {"IEquals", "IDoesNotContain", "DoesNotEqual"}},
      {"{Key: a, Condition: \"Contains\", Value: '1'}", {"DoesNotContain", "StartsWith", "EndsWith"}},
      {"{Key: a, Condition: DoesNotEndWith, Value: x}",
       {"EndsWith", "DoesNotContain", "DoesNotEqual", "IDoesNotEndWith"}},
      {"{Key: a, Condition: IsGreaterThan, Value: 5}", {"IsGreaterThanOrEquals", "6"}},
      {"{Key: a, Condition: IsLessThanOrEqual, Value: -1}", {"IsLessThan", "0"}},
      {"{Key: a, Condition: IsIn, Values: [x, y]}", {"IsNotIn"}},
      {"{Key: a, Condition: Exists}", {"DoesNotExist", "IsNotNull"}},
      {"{Key: a, Condition: IsNull, Value: false}", {"IsNotNull", "IsNullOrEmpty"}},
      {"{Key: a, Condition: IsIPAddressPrivate}", {"IsIPAddressPublic"}},
      {"{Key: a, Condition: IsIPAddressInCIDR, Value: 10.0.0.0/8}", {"IsIPAddressNotInCIDR"}},
      {"{KeyPath: 'a[*].b', Condition: DoesNotContain, Value: x}",
       {"Contains", "DoesNotStartWith", "DoesNotEndWith", "IDoesNotContain"}},
      {"{KeyPath: 'a[0]', Condition: StartsWith, Value: x}", {"DoesNotStartWith", "Contains", "Equals", "IStartsWith"}},
      {"{Condition: IsGreaterThan, Values: [{Key: a}, {Key: b}]}", {"IsGreaterThanOrEquals"}},
      {"{Key: a, Condition: AnyElement, Expressions: [{Key: b, Condition: Exists}]}",
       {"NoElement", "AllElements", "DoesNotExist", "IsNotNull"}},
      {"{KeyPath: 'a[0]', Condition: AllElements, Expressions: [{Key: b, Condition: IsNotNull}]}",
       {"AnyElement", "IsNull", "IsNotNullOrEmpty"}},
      {"{Key: a, Condition: OnlyOneElement, Expressions: [{Key: b, Condition: IsIPAddress}]}", {"AnyElement"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.expression);
    CHECK(checked_slips(panther("Detection", row.expression)) == row.words);
  }
}

TEST_CASE("a slip in InlineFilters is a condition that may stand there") {
  CHECK(checked_slips(panther("InlineFilters", "{KeyPath: a, Condition: Equals, Value: x}")) ==
        Words{"DoesNotEqual", "Contains"});
  CHECK(checked_slips(panther("InlineFilters", "{KeyPath: a, Condition: DoesNotContain, Value: x}")) ==
        Words{"Contains"});
  CHECK(checked_slips(panther("InlineFilters", "{KeyPath: a, Condition: IsGreaterThan, Value: 5}")) ==
        Words{"IsGreaterThanOrEquals", "6"});
}

TEST_CASE("one modifier of Sigma's is taken for another") {
  CHECK(checked_slips(sigma("a|contains: x")) == Words{"startswith", "endswith"});
  CHECK(checked_slips(sigma("'a|startswith|cased': [xa, xb]")) == Words{"contains"});
  CHECK(checked_slips(sigma("a|endswith|neq: xa")) == Words{"contains"});
  CHECK(checked_slips(sigma("a|contains|all: [xa, xb]")) == Words{"startswith", "endswith"});
  CHECK(checked_slips(sigma("a|gte: 5")) == Words{"gt"});
  CHECK(checked_slips(sigma("a|lt: 5")) == Words{"lte"});
  CHECK(checked_slips(sigma("a: xa")).empty());
}

}  // namespace picket
