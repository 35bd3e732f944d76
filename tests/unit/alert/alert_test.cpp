#include "engine/alert/alert.hpp"

#include <nlohmann/json.hpp>

#include "tests/catch.hpp"

using namespace picket;

namespace {

Alert example() {
  Rule rule;
  rule.id.value = "AWS.Root";
  rule.tags = {{"Cloud", {}}};
  rule.reports = {{{"MITRE ATT&CK", {}}, {{"TA0001:T1078", {}}}}};
  AlertTexts texts;
  texts.title = "Root \x1b[31m";
  texts.dedup = "root";
  texts.severity = Severity::high;
  texts.runbook = "Ask.";
  texts.context = Object{{"ip", Value("1.2.3.4")}};
  const Value event = Object{{"eventTime", Value("2026-01-31T12:00:00Z")}, {"n", Value(1)}};
  return make_alert(rule, texts, event, "AWS.CloudTrail", {.input = "logs/\xff", .offset = 5, .line = 2});
}

}  // namespace

TEST_CASE("an alert as a line of JSON has all keys, always, in their order") {
  std::string line;
  append_alert_json(line, example());
  CHECK(line ==
        R"({"rule_id":"AWS.Root","display_name":null,"severity":"High","title":"Root \u001b[31m","dedup":"root",)"
        R"("context":{"ip":"1.2.3.4"},"description":null,"runbook":"Ask.","reference":null,"tags":["Cloud"],)"
        R"("reports":{"MITRE ATT&CK":["TA0001:T1078"]},"unique":null,"destinations":null,"log_type":"AWS.CloudTrail",)"
        R"("event_time":"2026-01-31T12:00:00Z","input":"logs/)"
        "\uFFFD"
        R"(","line":2,"offset":5,"event":{"eventTime":"2026-01-31T12:00:00Z","n":1}})");
  CHECK(nlohmann::json::accept(line));
}

TEST_CASE("the time of an event is found where sources put it") {
  const auto time_of = [](Object event) { return event_time(Value(std::move(event))); };
  const Time noon{1'769'860'800'000'000};
  CHECK(time_of({{"eventTime", Value("2026-01-31T12:00:00Z")}}) == noon);
  CHECK(time_of({{"TimeCreated", Value("2026-01-31 12:00:00.000")}}) == noon);
  CHECK(time_of({{"timestamp", Value(std::int64_t{1'769'860'800'000})}}) == noon);
  CHECK(time_of({{"eventTime", Value("1999-01-01T00:00:00Z")}, {"p_event_time", Value("2026-01-31 12:00:00")}}) ==
        noon);
  CHECK(time_of({{"eventTime", Value("soon")}, {"time", Value(std::int64_t{1'769'860'800})}}) == noon);
  CHECK_FALSE(time_of({{"eventTime", Value("soon")}}));
  CHECK_FALSE(time_of({}));
}
