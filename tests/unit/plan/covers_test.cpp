// By which access keys rules are found: from their conditions to the cover that a plan chose.
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "engine/event/json.hpp"
#include "engine/plan/plan.hpp"
#include "tests/catch.hpp"
#include "tests/unit/stream/judging.hpp"

namespace picket {
namespace {

using tests::rules_from;

// "a.b equal x": the path, the kind and what is sought.
std::string words_of(const AccessKey& key, const LogTypePlan& plan) {
  std::string words;
  for (const std::string& step : plan.paths[key.field].keys) words += (words.empty() ? "" : ".") + step;
  switch (key.kind) {
    case AccessKind::equal_text:
      return words + " equal " + key.text;
    case AccessKind::equal_number:
      return words + " number " + to_json(Value::from_double(key.number));
    case AccessKind::equal_bool:
      return words + (key.number != 0 ? " true" : " false");
    case AccessKind::prefix:
      return words + " prefix " + key.text;
    case AccessKind::suffix:
      return words + " suffix " + key.text;
    case AccessKind::substring:
      return words + " holds " + key.text;
    case AccessKind::at_least:
      return words + " from " + to_json(Value::from_double(key.number));
    case AccessKind::at_most:
      return words + " to " + to_json(Value::from_double(key.number));
    case AccessKind::network:
      return words + " in " + key.text;
    case AccessKind::container:
      return words + " container";
    case AccessKind::within:
      return words + " within " + key.text;
    case AccessKind::present:
      return words + " present";
  }
  return words;
}

// The cover of the only rule, with bars between its keys, sorted; "always" if there is none; "never" for a rule that no
// event can match.
std::string cover_of(const std::string& condition, const std::string& more = "", const EventSample* sample = nullptr) {
  std::string indented = "  ";
  for (const char byte : condition) indented += byte == '\n' ? std::string("\n  ") : std::string(1, byte);
  const auto rules = rules_from({"AnalysisType: rule\nRuleID: A.B\nEnabled: true\nLogTypes: [T]\nSeverity: Low\n" +
                                 more + "Condition: |\n" + indented + "\n"});
  const RuleSet sampled(std::make_shared<const CheckedPack>(rules->pack()), sample);
  const LogTypePlan* const plan = sampled.plan().find("T");
  REQUIRE(plan != nullptr);
  REQUIRE(plan->rules.size() == 1);
  const std::vector<AccessKey>& cover = plan->rules.front().cover;
  // A rule is found by its cover or it is always a candidate, unless it can never match.
  if (!plan->always.empty()) {
    CHECK(cover.empty());
    return "always";
  }
  if (cover.empty()) {
    CHECK(plan->programs.front() == rejected);
    return "never";
  }
  std::vector<std::string> keys;
  for (const AccessKey& key : cover) keys.push_back(words_of(key, *plan));
  std::sort(keys.begin(), keys.end());
  std::string words;
  for (const std::string& key : keys) words += (words.empty() ? "" : " | ") + key;
  return words;
}

struct Case {
  std::string condition;
  const char* cover;
};

TEST_CASE("a comparison is found by what must be there for it to be true") {
  for (const auto& [condition, cover] : std::vector<Case>{
           {R"(a eq "x")", "a equal x"},
           {R"(a.b.c eq "x")", "a.b.c equal x"},
           {R"(a eq "MiXed")", "a equal mixed"},
           {R"(a eq~ "MiXed")", "a equal mixed"},
           {R"(a eq "")", "a equal "},
           {R"(a eq 7)", "a number 7"},
           {R"(a eq -1.5)", "a number -1.5"},
           {R"(a eq true)", "a true"},
           {R"(a is false)", "a false"},
           {R"(a is bool)", "a false | a true"},
           {R"(a in ["x", "Y", 3])", "a equal x | a equal y | a number 3"},
           {R"(a eq ["x"])", "a container"},
           {R"(a contains "Y")", "a container | a holds y"},
           {R"(a contains ["x", "y"])", "a container | a container | a holds x | a holds y"},
           {R"(a starts_with "xY")", "a prefix xy"},
           {R"(a starts_with ["x", "y"])", "a prefix x | a prefix y"},
           {R"(a ends_with~ "xY")", "a suffix xy"},
           {R"(a like "plain")", "a equal plain"},
           {R"(a like "powershell*")", "a prefix powershell"},
           {R"(a like "*mimikatz")", "a suffix mimikatz"},
           {R"(a like "*mimi?katz*")", "a holds katz"},
           {R"(a like "*")", "a present"},
           {R"(a like "e*[xyz]zqjxkv*")", "a holds zqjxkv"},
           {R"(a matches "mimikatz")", "a holds mimikatz"},
           {R"(a matches "zqjxkv|qxzzk")", "a holds qxzzk | a holds zqjxkv"},
           {R"(a matches "[0-9]+")", "a present"},
           {R"(a is list)", "a container"},
           {R"(a is object)", "a container"},
           {R"(a is string)", "a present"},
           {R"(a is not null)", "a present"},
           {R"(a is not empty)", "a present"},
           {R"(a gt 5)", "a from 5"},
           {R"(a ge -2.5)", "a from -2.5"},
           {R"(a lt 5)", "a to 5"},
           {R"(5 ge a)", "a to 5"},
           {R"(a gt "2026")", "a present"},
           {"a gt 1" + std::string(400, '0'), "a present"},
           {R"(a in cidr "10.0.0.0/8")", "a in 10.0.0.0/8"},
           {R"(a in cidr ["10.0.0.0/8", "2001:DB8::/32"])", "a in 10.0.0.0/8 | a in 2001:DB8::/32"},
           {"a in cidr \"10.0.0.0/8\"\na in cidr \"10.9.9.9\"", "a in 10.9.9.9"},
           {R"(any a { . in cidr "10.0.0.0/8" })", "a container | a in 10.0.0.0/8"},
           {R"(a)", "a present"},
       }) {
    INFO(condition);
    CHECK(cover_of(condition) == cover);
  }
}

TEST_CASE("what may hold of nothing has no cover: such a rule is always a candidate") {
  for (const auto* condition :
       {R"(a eq null)", R"(a is null)", R"(a is empty)", R"(a ne "x")", R"(a not contains "x")", R"(a not in ["x"])",
        R"(not (a eq "x"))", R"(a is not string)", R"(a not like "x*")", R"(not a)", R"(a in ["x", null])",
        R"(a eq "x" or b is null)", "none {\n  a eq \"x\"\n  b eq \"y\"\n}"}) {
    INFO(condition);
    CHECK(cover_of(condition) == "always");
  }
}

TEST_CASE("of lines that must all hold the rarest is enough") {
  CHECK(cover_of("a eq \"x\"\nb is not null") == "a equal x");
  CHECK(cover_of("b is not null\na eq \"x\"") == "a equal x");
  CHECK(cover_of(R"(a eq "some long text" and b contains "e")") == "a equal some long text");
  CHECK(cover_of("a contains~ \"e\"\nb contains~ \"zqjxkv\"") == "b container | b holds zqjxkv");
  CHECK(cover_of("a is null\nb eq 7\nc ne \"x\"") == "b number 7");
  CHECK(cover_of(R"(a contains all ["e", "zqjxkv"])") == "a container | a holds zqjxkv");
  CHECK(cover_of("none {\n  a ne \"x\"\n  b eq \"y\"\n}") == "a equal x");
}

TEST_CASE("of lines of which one must hold all are needed") {
  CHECK(cover_of("any {\n  a eq \"x\"\n  b eq \"y\"\n}") == "a equal x | b equal y");
  CHECK(cover_of(R"(a eq "x" or b eq 2 or c starts_with "z")") == "a equal x | b number 2 | c prefix z");
  CHECK(cover_of("any {\n  a eq \"x\"\n  all {\n    b is null\n    c eq \"z\"\n  }\n}") == "a equal x | c equal z");
  CHECK(cover_of("any {\n  a eq \"x\"\n  b eq \"y\"\n}\nc is not null") == "a equal x | b equal y");
  CHECK(cover_of(R"(not (a ne "x" and b ne "y"))") == "a equal x | b equal y");
}

TEST_CASE("definitions are looked through") {
  CHECK(cover_of("is_x", "Let: |\n  is_x = a eq \"x\"\n") == "a equal x");
  CHECK(cover_of("not is_y", "Let: |\n  is_y = a ne \"y\"\n") == "a equal y");
  CHECK(cover_of("is_it(\"z\")", "Let: |\n  is_it(what) = a eq what\n") == "a equal z");
  CHECK(cover_of("who eq \"x\"", "Let: |\n  who = a.b\n") == "a.b equal x");
}

TEST_CASE("what goes to the interpreter is found by the fields that it needs") {
  CHECK(cover_of("any a { . eq \"x\" }") == "a container | a equal x");
  CHECK(cover_of("any a { . is string; . contains \"x\" }") == "a container | a holds x");
  CHECK(cover_of(R"(any a { . eq "x" or . eq "y" })") == "a present");
  CHECK(cover_of("upper(a) eq \"X\"") == "a present");
  CHECK(cover_of("any a { . eq \"x\" }\nb eq \"y\"") == "b equal y");
}

TEST_CASE("what may stand anywhere in an event is sought in all of it") {
  CHECK(cover_of(R"(any $[**] { . contains~ "Failed login" })") == " within failed login");
  CHECK(cover_of(R"(any $[**] { . is string; . contains~ ["x", "Y"] })") == " within x |  within y");
  CHECK(cover_of(R"(any $[**] { . eq "x" })") == " within x");
  CHECK(cover_of(R"(any $[**] { . like~ "*mim?katz*" })") == " within katz");
  CHECK(cover_of(R"(any $[**] { . matches "(?i)mimikatz.*end" })") == " within mimikatz");
  CHECK(cover_of(R"(any $[**] { . contains "zqjxkv" } and any $[**] { . contains "e" })") == " within zqjxkv");
  CHECK(cover_of(R"(any $[**] { . contains ["x", ""] })") == "always");
  CHECK(cover_of(R"(any $[**] { . contains ["x", 5] })") == "always");
  CHECK(cover_of(R"(any $[**] { . matches "[0-9]+" })") == "always");
  CHECK(cover_of(R"(any $[**] { string(.) contains "5" })") == "always");
  CHECK(cover_of(R"(any $[**] { not . contains "x" })") == "always");
  CHECK(cover_of(R"(none $[**] { . contains "x" })") == "always");
}

TEST_CASE("a sample of events tells what is rare") {
  const std::string condition = "a eq \"some long text\"\nb contains \"e\"";
  CHECK(cover_of(condition) == "a equal some long text");
  EventSample sample;
  const Value event = std::get<Value>(read_json(R"({"a":"some long text","b":"nothing of that"})"));
  for (int i = 0; i < 200; ++i) sample.add(event, "T");
  CHECK(cover_of(condition, "", &sample) == "b container | b holds e");
}

TEST_CASE("a sample tells how rare networks and bounds are") {
  const std::string condition = "a eq \"some long text\"\nip in cidr \"10.0.0.0/8\"\nn gt 100";
  CHECK(cover_of(condition) == "a equal some long text");
  const auto sampled = [&](const std::string& text) {
    EventSample sample;
    const Value event = std::get<Value>(read_json(text));
    for (int i = 0; i < 200; ++i) sample.add(event, "T");
    return cover_of(condition, "", &sample);
  };
  CHECK(sampled(R"({"a":"some long text","ip":"192.0.2.1","n":200})") == "ip in 10.0.0.0/8");
  CHECK(sampled(R"({"a":"some long text","ip":"10.9.9.9","n":5})") == "n from 100");
  CHECK(sampled(R"({"a":"other","ip":"10.9.9.9","n":200})") == "a equal some long text");
}

TEST_CASE("a policy is found by what makes its condition false") {
  const auto rules = rules_from(
      {"AnalysisType: policy\nPolicyID: A.B\nEnabled: true\nResourceTypes: [T]\nSeverity: Low\nCondition: |\n  a ne "
       "\"x\"\n"});
  const LogTypePlan* const plan = rules->plan().find("T");
  REQUIRE(plan != nullptr);
  REQUIRE(plan->rules.front().cover.size() == 1);
  CHECK(words_of(plan->rules.front().cover.front(), *plan) == "a equal x");
}

}  // namespace
}  // namespace picket
