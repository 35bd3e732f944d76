// Events for mutants that survive.
#include <string>
#include <vector>

#include "tests/catch.hpp"
#include "tests/unit/mutation/mutated.hpp"

namespace picket::tests {
namespace {

// What of the survivors no event was found for, in words.
std::vector<std::string> unexplained(const Mutated& mutated) {
  std::vector<std::string> list;
  for (const MutantResult& mutant : mutated.rule.mutants) {
    if (mutant.fate == Fate::survived && !mutant.killer) list.push_back(mutated.words(mutant));
  }
  return list;
}

// The event found for the mutant, as JSON; "killed" or "none".
std::string killer(const Mutated& mutated, const std::string& words) {
  for (const MutantResult& mutant : mutated.rule.mutants) {
    if (mutated.words(mutant) != words) continue;
    if (mutant.fate == Fate::killed) return "killed";
    if (!mutant.killer) return "none";
    const auto& killer = std::get<KillingEvent>(*mutant.killer);
    return (killer.verdict ? "+" : "") + to_json(killer.event);
  }
  return "no such mutant";
}

}  // namespace

TEST_CASE("the token rule: what its two tests leave open, and the events that close it") {
  const auto token = mutate(
      "source_type eq \"api_token\"\naction in [\"create\", \"destroy\"]",
      {R"(+{"source_type": "api_token", "action": "create"})", R"({"source_type": "api_token", "action": "update"})"});
  CHECK(unexplained(*token).empty());
  CHECK(killer(*token, "\"destroy\" => ") == R"(+{"source_type":"api_token","action":"destroy"})");
  CHECK(killer(*token, "\"create\" => ") == "killed");
  const std::string other_source = killer(*token, "source_type eq \"api_token\" => ");
  CHECK(other_source.starts_with(R"({"source_type":)"));
  CHECK(other_source.ends_with(R"(,"action":"create"})"));
}

TEST_CASE("a key of the event itself is taken out, and texts of a list have other letters") {
  const auto has = mutate("has(a)\nb eq 1", {R"(+{"a": 1, "b": 1})"});
  CHECK(unexplained(*has).empty());
  CHECK(killer(*has, "has(a) => ") == R"({"b":1})");
  const auto all = mutate(R"(j contains~ all ["x", "y"])", {R"(+{"j": ["x", "y"]})"});
  CHECK(unexplained(*all).empty());
}

TEST_CASE("conditions of every form: an event for each survivor, or a proof") {
  struct Row {
    const char* condition;
    std::vector<std::string> events;
    std::string more = {};
  };
  const std::vector<Row> rows = {
      {"a starts_with \"ab\"\nb ends_with~ [\"x\", \"y\"]", {R"(+{"a": "ab", "b": "y"})"}},
      {"a matches '^ab[0-9]{3}$'", {R"(+{"a": "ab123"})"}},
      {R"(a like ["x*", "*y?"])", {R"(+{"a": "xa"})"}},
      {"(a eq 1 and b eq 2) or (c eq 3 and d eq 4)", {R"(+{"a": 1, "b": 2})"}},
      {"any x in l { x.a eq 1; x.b gt 2 }", {R"(+{"l": [{"a": 1, "b": 3}]})"}},
      {"none x in l { x.a eq 1 }\nb", {R"(+{"b": true})"}},
      {"count x in l { x.a eq 1 } ge 2", {R"(+{"l": [{"a": 1}, {"a": 1}, {"a": 1}]})"}},
      {R"(lower(name) in ["bob", "eve"])", {R"(+{"name": "Bob"})"}},
      {R"(split(path, "/")[-1] in ["sh", "bash"])", {R"(+{"path": "/bin/sh"})"}},
      {"owner ne actor", {R"(+{"owner": "a", "actor": "b"})"}},
      {"len(items) gt 3", {R"(+{"items": [1, 2, 3, 4]})"}},
      {R"(when kind { "a" -> x gt 1; "b", "c" -> y; else -> false })", {R"(+{"kind": "a", "x": 5})"}},
      {"if a eq 1 then b eq 2 else c eq 3", {R"(+{"a": 1, "b": 2})"}},
      {"bad(user)\nnot good",
       {R"(+{"user": "x-1"})"},
       "Let: |\n  bad(n) = n contains \"x\"\n  good = ok and role eq 1\n"},
      {R"(any k in ["p", "q", "r"] { o[k] eq false })", {R"(+{"o": {"p": false}})"}},
      {"a is string\na is not empty", {R"(+{"a": "x"})"}},
      {R"(ip in cidr ["10.0.0.0/8", "192.168.0.0/16"])", {R"(+{"ip": "10.1.1.1"})"}},
      {"a.b[0].c eq \"x\"\nd[\"e f\"] is null", {R"(+{"a": {"b": [{"c": "x"}]}})"}},
      {"a eq \"x\"", {}},
  };
  for (const Row& row : rows) {
    INFO(row.condition);
    const auto mutated = mutate(row.condition, row.events, row.more);
    CHECK(mutated->rule.mutants.size() >= 3);
    CHECK(unexplained(*mutated).empty());
  }
}

TEST_CASE("an event is near to that of a test, and keeps its mocks") {
  const auto mutated =
      mutate("a eq 1\nname eq ALLOWED",
             {"+{a: 1, name: eve, other: [1, {x: 2}]}\n    Mocks: [{objectName: ALLOWED, returnValue: eve}]"},
             "Let: 'ALLOWED = \"bob\"'\n");
  CHECK(killer(*mutated, "a eq 1 => ").ends_with(R"("name":"eve","other":[1,{"x":2}]})"));
}

}  // namespace picket::tests
