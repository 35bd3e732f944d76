// Tests put into rule files.
#include "engine/mutation/write_tests.hpp"

#include <string>
#include <vector>

#include "engine/event/json.hpp"
#include "engine/pack/pack.hpp"
#include "tests/catch.hpp"

namespace picket::tests {
namespace {

const std::string head =
    "AnalysisType: rule\nRuleID: A.B\nEnabled: true\nLogTypes: [T]\nSeverity: Low\nCondition: a eq 1\n";

struct Written {
  std::string text;       // what was put in, the rest left out
  std::size_t tests = 0;  // of the file after it
};

// The file with one more test: the first test's event, or an empty one, changed.
Written written(const std::string& body, const std::vector<EventChange>& changes, bool verdict = false,
                bool null_will_do = true) {
  const auto load = [](const std::string& text) {
    Diagnostics diagnostics;
    Pack pack = load_sources({std::make_shared<const Source>("r.yml", text)}, {}, diagnostics);
    for (const Diagnostic& diagnostic : diagnostics.all()) FAIL(text << "\n" << diagnostic.message);
    return pack;
  };
  const std::string before = head + body;
  const Pack pack = load(before);
  const Rule& rule = pack.rules.front();
  KillingEvent event{.base = rule.tests.empty() ? nullptr : &rule.tests.front(),
                     .changes = changes,
                     .event = rule.tests.empty() ? Value(Object{}) : rule.tests.front().event,
                     .verdict = verdict,
                     .null_will_do = null_will_do};
  for (const EventChange& change : changes) event.event = changed(event.event, change);
  const Edited edited = apply_edits(before, test_edits(rule, std::vector<Killer>{event}));
  CHECK(edited.left_out.empty());
  const Pack after = load(edited.text);
  const std::vector<RuleTest>& tests = after.rules.front().tests;
  REQUIRE(tests.size() == rule.tests.size() + 1);
  const RuleTest& added = tests.back();
  CHECK(added.expected == verdict);
  CHECK(added.mocks.size() == (event.base == nullptr ? 0 : event.base->mocks.size()));
  CHECK((added.now.has_value() == (event.base != nullptr && event.base->now.has_value())));
  // What the event lacks may stand as null.
  for (const auto& [key, value] : added.event.object()->entries()) {
    const Value* wanted = event.event.object()->find_exact(key);
    CHECK((wanted == nullptr ? value.is_null() : *wanted == value));
  }
  for (const auto& [key, value] : event.event.object()->entries())
    CHECK(added.event.object()->find_exact(key) != nullptr);
  return {.text = edited.text.substr(head.size()), .tests = tests.size()};
}

EventChange set(std::string key, Value value) { return {.path = {std::move(key)}, .value = std::move(value)}; }

}  // namespace

TEST_CASE("a list of tests may be written in many ways") {
  const std::string more = "- Name: one, but a is 2\n    ExpectedResult: false\n    Log: {a: 2}\n";
  const std::string dash = "Tests:\n  -\n    Name: one\n    ExpectedResult: true\n    Log: {a: 1}\n";
  CHECK(written(dash, {set("a", 2)}).text == dash + "  " + more);
  const std::string anchor = "Tests:\n  - &first\n    Name: one\n    ExpectedResult: true\n    Log: {a: 1}\n";
  CHECK(written(anchor, {set("a", 2)}).text == anchor + "  " + more);
  const std::string event = "  - Name: An event whose a is 1\n    ExpectedResult: true\n    Log: {a: 1}\n";
  CHECK(written("Tests: []\nThreshold: 2\n", {set("a", 1)}, true).text == "Tests:\n" + event + "Threshold: 2\n");
  CHECK(written("Threshold: 2\nTests:\n", {set("a", 1)}, true).text == "Threshold: 2\nTests:\n" + event);
}

TEST_CASE("an anchor that is there twice is not repeated") {
  const std::string twice =
      "Tests:\n  - Name: one\n    ExpectedResult: true\n    Log: &e\n      a: 1\n      b: 1\n"
      "  - Name: two\n    ExpectedResult: true\n    Log: &e\n      a: 1\n      b: 2\n";
  CHECK(written(twice, {set("a", 2)}).text ==
        twice + "  - Name: one, but a is 2\n    ExpectedResult: false\n    Log: {a: 2, b: 1}\n");
}

TEST_CASE("lines end as they do in the file") {
  const std::string crlf =
      "AnalysisType: rule\r\nRuleID: A.B\r\nEnabled: true\r\nLogTypes: [T]\r\nSeverity: Low\r\n"
      "Condition: a eq 1\r\nTests:\r\n  - {Name: one, ExpectedResult: true, Log: {a: 1}}\r\n";
  Diagnostics diagnostics;
  const Pack pack = load_sources({std::make_shared<const Source>("r.yml", crlf)}, {}, diagnostics);
  const KillingEvent event{.base = &pack.rules.front().tests.front(),
                           .changes = {set("a", 2)},
                           .event = Object{{"a", 2}},
                           .null_will_do = true};
  const std::string text = apply_edits(crlf, test_edits(pack.rules.front(), std::vector<Killer>{event})).text;
  CHECK(text == crlf + "  - Name: one, but a is 2\r\n    ExpectedResult: false\r\n    Log: {a: 2}\r\n");
}

TEST_CASE("a test is added behind the others, as they are written") {
  CHECK(written("Tests:\n  - Name: one\n    ExpectedResult: true\n    Log: {a: 1}\n", {set("a", "x")}).text ==
        "Tests:\n  - Name: one\n    ExpectedResult: true\n    Log: {a: 1}\n"
        "  - Name: one, but a is \"x\"\n    ExpectedResult: false\n    Log: {a: x}\n");
  CHECK(written("Tests:\n- Name: one\n  ExpectedResult: true\n  Log: {a: 1}  # the least\n", {set("a", 2)}).text ==
        "Tests:\n- Name: one\n  ExpectedResult: true\n  Log: {a: 1}  # the least\n"
        "- Name: one, but a is 2\n  ExpectedResult: false\n  Log: {a: 2}\n");
  CHECK(written("Tests: [{Name: one, ExpectedResult: true, Log: {a: 1}}]\n", {set("a", 2)}).text ==
        "Tests: [{Name: one, ExpectedResult: true, Log: {a: 1}}, "
        "{Name: \"one, but a is 2\", ExpectedResult: false, Log: {a: 2}}]\n");
  CHECK(written("", {set("a", 1)}, true).text ==
        "Tests:\n  - Name: An event whose a is 1\n    ExpectedResult: true\n    Log: {a: 1}\n");
}

TEST_CASE("keys behind the tests, comments and a missing last line end stay as they are") {
  CHECK(written("Tests:\n  - Name: one\n    ExpectedResult: true\n    Log: {a: 1}\n# behind\nThreshold: 2\n",
                {set("a", 2)})
            .text ==
        "Tests:\n  - Name: one\n    ExpectedResult: true\n    Log: {a: 1}\n"
        "  - Name: one, but a is 2\n    ExpectedResult: false\n    Log: {a: 2}\n# behind\nThreshold: 2\n");
  CHECK(written("Tests:\n  - Name: one\n    ExpectedResult: true\n    Log: {a: 1}", {set("a", 2)}).text ==
        "Tests:\n  - Name: one\n    ExpectedResult: true\n    Log: {a: 1}\n"
        "  - Name: one, but a is 2\n    ExpectedResult: false\n    Log: {a: 2}\n");
}

TEST_CASE("a large event is repeated by its anchor, which it gets if it has none") {
  const std::string block = "      a: 1\n      b: {c: 2}\n      d: x\n";
  CHECK(written("Tests:\n  - Name: one\n    ExpectedResult: true\n    Log: &found\n" + block, {set("d", "z")}).text ==
        "Tests:\n  - Name: one\n    ExpectedResult: true\n    Log: &found\n" + block +
            "  - Name: one, but d is \"z\"\n    ExpectedResult: false\n    Log:\n      <<: *found\n      d: z\n");
  CHECK(written("Tests:\n  - Name: one\n    ExpectedResult: true\n    Log:\n" + block,
                {{.path = {"b"}, .value = std::nullopt}})
            .text ==
        "Tests:\n  - Name: one\n    ExpectedResult: true\n    Log: &event\n" + block +
            "  - Name: one, but without b\n    ExpectedResult: false\n    Log:\n      <<: *event\n      b: null\n");
  // Where null would say something else, the event is written whole.
  CHECK(written("Tests:\n  - Name: one\n    ExpectedResult: true\n    Log:\n" + block,
                {{.path = {"b"}, .value = std::nullopt}}, false, false)
            .text == "Tests:\n  - Name: one\n    ExpectedResult: true\n    Log:\n" + block +
                         "  - Name: one, but without b\n    ExpectedResult: false\n    Log:\n      a: 1\n      d: x\n");
}

TEST_CASE("the mocks and the clock of the test come along") {
  const std::string let = "Let: 'ALLOWED = [1]'\n";
  CHECK(written(let + "Tests:\n  - Name: one\n    ExpectedResult: true\n    Now: '2026-01-02T03:04:05Z'\n"
                      "    Mocks: [{objectName: ALLOWED, returnValue: [x, 2]}]\n    Log: {a: 1}\n",
                {set("a", 2)})
            .text.ends_with("  - Name: one, but a is 2\n    ExpectedResult: false\n"
                            "    Mocks: [{objectName: ALLOWED, returnValue: [x, 2]}]\n"
                            "    Now: '2026-01-02T03:04:05Z'\n    Log: {a: 2}\n"));
}

TEST_CASE("a long text is named by what is new in it") {
  RuleTest base;
  base.name.value = "one";
  base.event = Object{{"p", R"(C:\Program Files\Microsoft Office\root\Office16\winword.exe)"}};
  const auto name = [&](const char* text) {
    return test_name(KillingEvent{.base = &base, .changes = {set("p", text)}, .event = {}, .verdict = true});
  };
  CHECK(name(R"(C:\Program Files\Microsoft Office\root\Office16\excel.exe)") == "one, but p is \"\u2026excel.exe\"");
  CHECK(name("short") == "one, but p is \"short\"");
}

}  // namespace picket::tests
