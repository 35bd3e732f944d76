// A rule tried on events as somebody types them: what is answered, whatever is asked.
#include "engine/tryout/tryout.hpp"

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "engine/event/time.hpp"
#include "tests/catch.hpp"

namespace picket {
namespace {

const std::string rule =
    "AnalysisType: rule\nRuleID: Try.Rule\nEnabled: true\nLogTypes: [Try.Log]\nSeverity: Low\n"
    "Use: [lib]\n"
    "Condition: |\n  action in [\"create\", \"delete\"]\n  lib.by_person\n  size gt 5\n"
    "AlertTitle: \"{actor} did {action}\"\n"
    "DynamicSeverity: if action eq \"delete\" then \"HIGH\" else \"LOW\"\n"
    "AlertContext: |\n  who: actor\n  at: now\n"
    "Tests:\n"
    "  - Name: mocked\n    ExpectedResult: true\n    Now: 2026-01-31T12:00:00Z\n"
    "    Mocks:\n      - {objectName: lib.by_person, returnValue: true}\n"
    "    Log: {action: create, size: 6}\n";
const std::string library = "AnalysisType: definitions\nDefinitionsID: lib\nLet: |\n  by_person = actor is not null\n";

const Time now{1'700'000'000'000'000};

Tryout tryout(std::vector<TryoutFile> more = {}) {
  std::vector<TryoutFile> files{{"rules/try.yml", rule}, {"rules/lib.yml", library}};
  for (TryoutFile& file : more) files.push_back(std::move(file));
  return Tryout(std::move(files));
}

nlohmann::json ask(Tryout& tryout, const std::string& event, const std::string& test = "",
                   const std::string& id = "Try.Rule") {
  return nlohmann::json::parse(tryout.answer(id, event, test, now));
}

}  // namespace

TEST_CASE("a match has its trace and all that the alert says") {
  Tryout one = tryout();
  const auto answer = ask(one, R"({"action": "delete", "actor": "dana", "size": 6})");
  CHECK(answer.at("diagnostics").empty());
  CHECK(answer.at("error").is_null());
  CHECK(answer.at("says") == "a match");
  const auto& trace = answer.at("trace");
  CHECK(trace.at("verdict") == true);
  CHECK(trace.at("alerts") == true);
  CHECK(trace.at("alert").at("title") == "dana did delete");
  CHECK(trace.at("alert").at("severity") == "HIGH");
  CHECK(trace.at("alert").at("context").at("who") == "dana");
  CHECK(trace.at("alert").at("context").at("at") == "2023-11-14T22:13:20Z");
  CHECK(answer.at("context") == R"({"who":"dana","at":"2023-11-14T22:13:20Z"})");
  std::vector<std::string> texts;
  for (const auto& part : trace.at("parts")) {
    texts.push_back(part.at("text"));
    CHECK(part.at("state") == "true");
  }
  CHECK(texts == std::vector<std::string>{R"(action in ["create", "delete"])", "lib.by_person", "actor is not null",
                                          "size gt 5"});
}

TEST_CASE("the same tryout answers for one event after another") {
  Tryout one = tryout();
  CHECK(ask(one, R"({"action": "delete", "actor": "dana", "size": 6})").at("trace").at("verdict") == true);
  const auto answer = ask(one, R"({"action": "delete", "actor": "dana", "size": "6"})");
  CHECK(answer.at("says") == "no match");
  CHECK(answer.at("trace").at("verdict") == false);
  CHECK(answer.at("trace").at("parts").back().at("state") == "wrong type");
  CHECK(ask(one, "{}").at("trace").at("parts").at(0).at("state") == "missing");
}

TEST_CASE("a test's mocks and clock hold if it is named") {
  Tryout one = tryout();
  const std::string event = R"({"action": "create", "size": 6})";
  CHECK(ask(one, event).at("trace").at("verdict") == false);
  const auto answer = ask(one, event, "mocked");
  CHECK(answer.at("trace").at("verdict") == true);
  CHECK(answer.at("trace").at("alert").at("context").at("at") == "2026-01-31T12:00:00Z");
  CHECK(ask(one, event, "of that name there is none").at("trace").at("verdict") == false);
}

TEST_CASE("what is no event is told with its place") {
  Tryout one = tryout();
  const auto broken = ask(one, "{\"action\": \"create\",\n  oops}");
  CHECK(broken.at("trace").is_null());
  CHECK(broken.at("says").is_null());
  CHECK(broken.at("error").at("line") == 2);
  CHECK(broken.at("error").at("column") == 3);
  CHECK(broken.at("error").at("message") == "this is no JSON: unexpected text");
  CHECK(ask(one, "").at("error").at("message") == "this is no JSON: unexpected end");
  CHECK(ask(one, "[1]").at("error").at("message") == "an event is a JSON object; this is a list");
  CHECK(ask(one, "\xff{}").at("error").at("message") == "this is no JSON: not UTF-8");
}

TEST_CASE("an event of any size gets an answer") {
  Tryout one = tryout();
  const std::string large = R"({"action": ")" + std::string(std::size_t{2} << 20U, 'x') + R"("})";
  CHECK(ask(one, large).at("error").at("message") ==
        "the event is larger than 1024 KiB, which is all that is tried here");
  CHECK(ask(one, std::string(100'000, '[')).at("error").at("message") == "this is no JSON: nested too deep");
}

TEST_CASE("a rule that cannot be tried is told, and why") {
  Tryout one =
      tryout({{"rules/broken.yml",
               "AnalysisType: rule\nRuleID: Try.Broken\nEnabled: true\nLogTypes: [A]\nSeverity: Low\n"
               "Condition: |\n  a eqq 1\n"},
              {"rules/python.yml",
               "AnalysisType: rule\nRuleID: Try.Python\nEnabled: true\nLogTypes: [A]\nSeverity: Low\n"
               "Filename: python.py\n"},
              {"rules/together.yml",
               "AnalysisType: correlation_rule\nRuleID: Try.Together\nEnabled: true\nSeverity: Low\nDetection:\n"
               "  - Group:\n      - {ID: one, RuleID: Try.Rule}\n      - {ID: two, RuleID: Try.Rule}\n"
               "    LookbackWindowMinutes: 15\n    Schedule: {RateMinutes: 5, TimeoutMinutes: 3}\n"}});
  const auto message = [&](const std::string& id) -> std::string {
    const auto answer = ask(one, "{}", "", id);
    CHECK(answer.at("trace").is_null());
    return answer.at("error").at("message");
  };
  CHECK(message("Try.Broken") == "`Try.Broken` has errors");
  CHECK_THAT(message("Try.Python"), tests::contains("its logic is Python"));
  CHECK_THAT(message("Try.Together"), tests::contains("is a correlation rule"));
  CHECK(message("Try.Rul") == "there is no rule `Try.Rul`; did you mean `Try.Rule`?");
  CHECK(message("\xff\xfe") == "there is no rule `\uFFFD\uFFFD`");
  const auto answer = ask(one, "{}", "", "Try.Broken");
  CHECK(answer.at("diagnostics").at(0).at("file") == "rules/broken.yml");
  CHECK(answer.at("diagnostics").at(0).at("line") == 7);
  CHECK(answer.at("diagnostics").at(0).at("code") == "unknown-operator");
}

TEST_CASE("what is no rule at all gets an answer") {
  for (const std::string& text : {std::string(), std::string("\0\xff", 2), std::string("{{{{"), std::string(5000, '['),
                                  std::string("AnalysisType: rule\n"), std::string("- - - a: *b")}) {
    Tryout one({{"a.yml", text}});
    CHECK(ask(one, "{}").at("error").at("message") == "there is no rule `Try.Rule`");
  }
  Tryout none({});
  CHECK(ask(none, "{}").at("error").at("message") == "there is no rule `Try.Rule`");
}

TEST_CASE("a rule too costly for the event is given up") {
  const std::string costly =
      "AnalysisType: rule\nRuleID: Try.Rule\nEnabled: true\nLogTypes: [A]\nSeverity: Low\n"
      "Condition: any x in list { any y in list { any z in list { x eq y + z + 1 } } }\n";
  Tryout one({{"a.yml", costly}});
  std::string list = "0";
  for (int i = 0; i < 1000; ++i) list += ",0";
  CHECK(ask(one, "{\"list\": [" + list + "]}").at("says") == "gave up: the rule is too costly for this event");
}

TEST_CASE("numbers of the context keep their digits") {
  Tryout one = tryout();
  const auto answer = ask(one, R"({"action": "create", "actor": 12345678901234567890123, "size": 6})");
  CHECK(answer.at("context") == R"({"who":12345678901234567890123,"at":"2023-11-14T22:13:20Z"})");
}

TEST_CASE("what a rule remembers is told in sentences") {
  const std::string remembering =
      "AnalysisType: rule\nRuleID: Try.Rule\nEnabled: true\nLogTypes: [A]\nSeverity: Low\n"
      "Condition: region not in previous\n"
      "Remember:\n  Key: 'regions of {user}'\n  Value: union(previous, [region])\n  For: 1d\n"
      "Tests:\n  - Name: known\n    ExpectedResult: false\n    Memory: {regions of dana: [a]}\n"
      "    Log: {user: dana, region: a}\n";
  Tryout one({{"a.yml", remembering}});
  const auto answer = ask(one, R"({"user": "dana", "region": "b"})", "known");
  CHECK(answer.at("memory") ==
        nlohmann::json::array({R"(`regions of dana` held ["a"])", R"(`regions of dana` is set to ["a","b"])"}));
}

TEST_CASE("rows of a lookup table are files like others") {
  Tryout one({{"rules/a.yml",
               "AnalysisType: rule\nRuleID: Try.Rule\nEnabled: true\nLogTypes: [A]\nSeverity: Low\n"
               "Condition: p_enrichment.hosts.host.owner eq \"dana\"\n"},
              {"rules/hosts.yml",
               "AnalysisType: lookup_table\nLookupName: hosts\nEnabled: true\nFilename: hosts.csv\n"
               "LogTypeMap:\n  PrimaryKey: name\n  AssociatedLogTypes:\n    - {LogType: A, Selectors: [host]}\n"},
              {"rules/hosts.csv", "name,owner\nh1,dana\n"}});
  const auto answer = ask(one, R"({"host": "h1"})");
  CHECK(answer.at("diagnostics").empty());
  CHECK(answer.at("trace").at("verdict") == true);
}

}  // namespace picket
