// That the comparison sees differences, and that they are cut down to what matters.
#include "tests/agree/agreement.hpp"

#include <algorithm>

#include "engine/event/json.hpp"
#include "tests/agree/draft.hpp"
#include "tests/agree/identical.hpp"
#include "tests/agree/json_parts.hpp"
#include "tests/agree/shrink.hpp"
#include "tests/catch.hpp"

namespace picket::tests {
namespace {

bool says(const std::string& text, std::string_view words) { return text.find(words) != std::string::npos; }

std::shared_ptr<const RuleSet> one_rule(const std::string& condition, const std::string& title) {
  Pack pack;
  RuleDraft draft;
  draft.id = "one";
  draft.log_types = {"A"};
  draft.condition = condition;
  draft.alert_title = title;
  REQUIRE(add_rules(pack, {draft}) == 0);
  return rule_set_of(pack);
}

// What is said of an event by two rules that should be one.
std::string difference_between(const std::shared_ptr<const RuleSet>& interpreted,
                               const std::shared_ptr<const RuleSet>& executed, const Step& step) {
  return Agreement(interpreted, executed, {}, Time{0}).judge(step);
}

TEST_CASE("an agreement tells engines that differ from engines that agree") {
  const auto rules = one_rule(R"(a eq "x")", "{b}");
  const Step hit{.text = R"({"p_log_type":"A","a":"x","b":1})", .block = false};
  const Step lines{.text = "{}\n" + hit.text + "\nno event", .block = true};
  for (const Step& step : {hit, lines}) {
    CHECK(difference_between(rules, rules, step).empty());
    CHECK(says(difference_between(rules, one_rule(R"(a eq "y")", "{b}"), step), "matches"));
    CHECK(says(difference_between(one_rule(R"(a eq "y")", "{b}"), rules, step), "[one]"));
    CHECK(says(difference_between(rules, one_rule(R"(a eq "x")", "{a}"), step), "title"));
  }
  const auto others = rule_set_of(Pack{});
  CHECK(says(difference_between(rules, others, hit), "has it rules?"));
}

TEST_CASE("an agreement counts what it compares") {
  const auto rules = one_rule(R"(a eq "x")", "{b}");
  Agreement agreement(rules, rules, {}, Time{0});
  const std::string lines = R"({"p_log_type":"A","a":"x"}

[]
{"p_log_type":"A"}
{})";
  CHECK(agreement.judge({.text = lines, .block = true}).empty());
  CHECK(agreement.tally().events == 3);
  CHECK(agreement.tally().refused == 1);
  CHECK(agreement.tally().pairs == 2);
  CHECK(agreement.tally().matches == 1);
}

Value value_of_json(std::string_view text) { return std::get<Value>(read_json(text)); }

TEST_CASE("identical values are those that print and read alike") {
  CHECK(
      identical(value_of_json(R"({"a":[1,2.5,null,"x"],"b":{}})"), value_of_json(R"({"a":[1,2.5,null,"x"],"b":{}})")));
  CHECK_FALSE(identical(value_of_json("1"), value_of_json("1.0")));
  CHECK_FALSE(identical(value_of_json("0.0"), value_of_json("-0.0")));
  CHECK_FALSE(identical(value_of_json(R"({"a":1,"b":2})"), value_of_json(R"({"b":2,"a":1})")));
  CHECK_FALSE(identical(value_of_json("[1]"), value_of_json("[1,null]")));
  CHECK_FALSE(identical(value_of_json("18446744073709551616"), value_of_json("18446744073709551617")));
  CHECK(identical(value_of_json("18446744073709551616"), value_of_json("18446744073709551616")));
}

TEST_CASE("the parts of a JSON text are its members and elements, with a comma") {
  const std::string text = R"({"a,":[1,"]"],"b":2})";
  std::vector<std::string> parts;
  for (const JsonPart& part : json_parts(text)) parts.push_back(text.substr(part.at, part.size));
  CHECK(parts == std::vector<std::string>{R"("a,":[1,"]"],)", R"(,"b":2)", R"(,"]")", "1,"});
  CHECK(json_parts("no JSON").empty());
}

TEST_CASE("a scenario is shrunk to what makes the difference") {
  Scenario scenario;
  std::vector<RuleDraft> drafts;
  for (int i = 0; i < 20; ++i) {
    RuleDraft draft;
    draft.id = "r" + std::to_string(i);
    draft.log_types = {"A", "B"};
    draft.condition = "a eq 1\nb eq 2\nc eq 3";
    draft.alert_title = "{a}";
    drafts.push_back(draft);
  }
  REQUIRE(add_rules(scenario.pack, drafts) == 0);
  for (int i = 0; i < 30; ++i) {
    scenario.steps.push_back(
        {.text = R"({"n":)" + std::to_string(i) + R"(,"p_log_type":"A","deep":[1,{"key":"long value"},2]})",
         .block = false});
  }
  // Stands in for an engine that goes wrong at the rule r7, with two lines, on the 18th event after the 4th.
  const FindDifference find = [](const Scenario& candidate) -> std::optional<Difference> {
    const bool has_rule = std::ranges::any_of(candidate.pack.rules, [](const Rule& rule) {
      return rule.id.value == "r7" && rule.condition.lines.size() >= 2;
    });
    bool after = false;
    for (std::size_t i = 0; has_rule && i < candidate.steps.size(); ++i) {
      const std::string& text = candidate.steps[i].text;
      if (after && text.find(R"("n":17)") != std::string::npos && text.find("value") != std::string::npos) {
        return Difference{i, "wrong"};
      }
      after = after || text.find(R"("n":3)") != std::string::npos;
    }
    return std::nullopt;
  };
  const Scenario small = shrunk(scenario, find);
  REQUIRE(small.pack.rules.size() == 1);
  CHECK(small.pack.rules.front().id.value == "r7");
  CHECK(small.pack.rules.front().condition.lines.size() == 2);
  CHECK_FALSE(small.pack.rules.front().alert_title.has_value());
  REQUIRE(small.steps.size() == 2);
  CHECK(small.steps.front().text == R"("n":3)");
  CHECK(small.steps.back().text == R"("n":17value)");
  const std::string words = report(small, *find(small), "seed 1");
  for (const char* part : {"RuleID: r7", "seed 1", "b eq 2", "\"n\":17value"}) {
    INFO(part << " in\n" << words);
    CHECK(says(words, part));
  }
}

}  // namespace
}  // namespace picket::tests
