#include "engine/eval/judge.hpp"

#include <string>

#include "grammar/text/unicode.hpp"
#include "tests/catch.hpp"
#include "tests/unit/eval/terms.hpp"

namespace picket {
namespace {

using namespace tests;

// A rule and what it says of an empty event.
struct JudgedRule {
  Rule rule;
  CheckedRule checked;

  JudgedRule() {
    rule.id.value = "Test.Rule";
    rule.severity.value = Severity::medium;
  }
  AlertTexts texts() {
    checked.rule = &rule;
    const CheckedPack pack;
    const Value event{Object{}};
    Interpreter interpreter(pack);
    EvaluationInput input;
    input.event = &event;
    interpreter.start(input);
    return alert_texts(interpreter, checked);
  }
};

TEST_CASE("without texts of its own a rule says what its file says") {
  JudgedRule fixture;
  AlertTexts texts = fixture.texts();
  CHECK(texts.title == "Test.Rule");
  CHECK(texts.dedup == "defaultDedupString:Test.Rule");
  CHECK(texts.severity == Severity::medium);
  CHECK_FALSE(texts.unique.has_value());
  CHECK_FALSE(texts.destinations.has_value());
  CHECK(to_json(texts.context) == "{}");
  fixture.rule.display_name = "A Name";
  fixture.rule.description = "What it is";
  fixture.rule.reference = "https://example.com";
  fixture.rule.runbook = "Do this";
  texts = fixture.texts();
  CHECK(texts.title == "A Name");
  CHECK(texts.dedup == "defaultDedupString:Test.Rule");  // a static name is no title
  CHECK(texts.description == "What it is");
  CHECK(texts.reference == "https://example.com");
  CHECK(texts.runbook == "Do this");
}

TEST_CASE("texts of the alert come before those of the file") {
  JudgedRule fixture;
  fixture.rule.display_name = "A Name";
  fixture.rule.description = "static";
  fixture.checked.alert_title = text(constant("a title"));
  CHECK(fixture.texts().title == "a title");
  CHECK(fixture.texts().dedup == "a title");
  fixture.checked.dedup = text(constant("a key"));
  CHECK(fixture.texts().dedup == "a key");
  fixture.checked.dedup = text(constant(""));
  CHECK(fixture.texts().dedup == "defaultDedupString:Test.Rule");
  fixture.checked.alert_title = text(constant(""));
  CHECK(fixture.texts().title == "A Name");
  fixture.checked.alert_description = text(constant("dynamic"));
  CHECK(fixture.texts().description == "dynamic");
  fixture.checked.unique = text(constant(5));
  CHECK(fixture.texts().unique == "5");
}

TEST_CASE("texts are cut at a thousand characters, whatever their bytes") {
  JudgedRule fixture;
  std::string thousand;
  for (int i = 0; i < 1'000; ++i) thousand += "\xC3\xA9";
  fixture.checked.alert_title = text(constant(thousand));
  CHECK(fixture.texts().title == thousand);
  fixture.checked.alert_title = text(constant(thousand + "x"));
  const AlertTexts texts = fixture.texts();
  CHECK(count_code_points(texts.title) == 1'000);
  CHECK(texts.title == thousand.substr(0, std::size_t{2} * 985) + "... (truncated)");
  CHECK(texts.dedup == texts.title);
  fixture.rule.description = std::string(2'000, 'd');
  CHECK(fixture.texts().description.size() == 1'000);
}

TEST_CASE("severity is dynamic where it is one") {
  JudgedRule fixture;
  const auto severity = [&](const Value& value) {
    fixture.checked.dynamic_severity = text(constant(value));
    return fixture.texts().severity;
  };
  CHECK(severity("HIGH") == Severity::high);
  CHECK(severity("critical") == Severity::critical);
  CHECK(severity("DEFAULT") == Severity::medium);
  CHECK(severity(Value()) == Severity::medium);
  CHECK(severity("urgent") == Severity::medium);
  CHECK(severity(5) == Severity::medium);
}

TEST_CASE("destinations are a list of at most ten") {
  JudgedRule fixture;
  const auto destinations = [&](const Value& value) {
    fixture.checked.destinations = text(constant(value));
    return fixture.texts().destinations;
  };
  CHECK_FALSE(destinations(Value()).has_value());
  CHECK(destinations(List{})->empty());
  CHECK(*destinations(List{"a", Value(), "b"}) == std::vector<std::string>{"a", "b"});
  CHECK(*destinations("a") == std::vector<std::string>{"a"});
  CHECK(destinations(List(20, Value("a")))->size() == 10);
}

TEST_CASE("a context that is too large says so") {
  JudgedRule fixture;
  fixture.checked.alert_context = text(constant(Object{{"a", std::string(1'000, 'x')}}));
  CHECK(fixture.texts().context.object()->find("a") != nullptr);
  fixture.checked.alert_context = text(constant(Object{{"a", std::string(204'800 - 7, 'x')}}));
  CHECK(to_json(fixture.texts().context) ==
        R"({"_error":"alert_context size is [204801] characters, bigger than maximum of [204800] characters"})");
  fixture.checked.alert_context = text(constant(Object{{"a", std::string(204'800 - 8, 'x')}}));
  CHECK(fixture.texts().context.object()->find("a") != nullptr);
}

TEST_CASE("a policy alerts where it is not fulfilled") {
  Rule rule;
  CHECK(alerts(rule, true));
  CHECK_FALSE(alerts(rule, false));
  rule.kind = RuleKind::policy;
  CHECK_FALSE(alerts(rule, true));
  CHECK(alerts(rule, false));
}

}  // namespace
}  // namespace picket
