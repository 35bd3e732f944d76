#include "engine/alert/native_format.hpp"

#include <nlohmann/json.hpp>

#include "tests/catch.hpp"

using namespace picket;

namespace {

Alert example() {
  auto rule = std::make_shared<RuleFacts>();
  rule->id = "AWS.Root";
  rule->tags = {"Cloud"};
  rule->reports = {{"MITRE ATT&CK", {"TA0001:T1078"}}};
  rule->attack = {{"TA0001", "Initial Access", "T1078", "Valid Accounts"}};
  rule->threshold = 2;
  rule->rules_version = "v1";
  Alert alert;
  alert.id = "abc";
  alert.rule = rule;
  alert.texts.title = "Root \x1b[31m";
  alert.texts.dedup = "root";
  alert.texts.severity = Severity::high;
  alert.texts.runbook = "Ask.";
  alert.texts.context = Object{{"ip", Value("1.2.3.4")}};
  alert.matches = 2;
  alert.window_start = {1'769'860'800'000'000};
  alert.window_end = {1'769'864'400'000'000};
  alert.first_event = alert.window_start;
  alert.last_event = Time{1'769'860'801'000'000};
  alert.sample = {.log_type = "AWS.CloudTrail",
                  .time = alert.window_start,
                  .place = {.input = "logs/\xff", .offset = 5, .line = 2},
                  .event = Object{{"eventTime", Value("2026-01-31T12:00:00Z")}, {"n", Value(1)}}};
  return alert;
}

}  // namespace

TEST_CASE("an alert as a line of JSON has all keys, always, in their order") {
  std::string line;
  append_alert_json(line, example());
  CHECK(line ==
        R"({"alert_id":"abc","status":"created","revision":1,"final":false,"rule_id":"AWS.Root","display_name":null,)"
        R"("severity":"High","title":"Root \u001b[31m","dedup":"root","context":{"ip":"1.2.3.4"},"description":null,)"
        R"("runbook":"Ask.","reference":null,"tags":["Cloud"],"reports":{"MITRE ATT&CK":["TA0001:T1078"]},)"
        R"("attack":[{"tactic_id":"TA0001","tactic":"Initial Access","technique_id":"T1078",)"
        R"("technique":"Valid Accounts"}],"destinations":null,"rules_version":"v1","matches":2,"distinct":null,)"
        R"("threshold":2,"window_start":"2026-01-31T12:00:00Z","window_end":"2026-01-31T13:00:00Z",)"
        R"("first_event":"2026-01-31T12:00:00Z","last_event":"2026-01-31T12:00:01Z","log_type":"AWS.CloudTrail",)"
        R"("event_time":"2026-01-31T12:00:00Z","input":"logs/)"
        "\uFFFD"
        R"(","line":2,"offset":5,"event":{"eventTime":"2026-01-31T12:00:00Z","n":1}})");
  CHECK(nlohmann::json::accept(line));
}

TEST_CASE("an update has the same keys, and is silent on what it does not know") {
  Alert update = example();
  update.status = AlertStatus::updated;
  update.final = true;
  update.revision = 3;
  update.texts.context = {};
  update.sample.reset();
  update.distinct = 2;
  std::string created;
  std::string updated;
  append_alert_json(created, example());
  append_alert_json(updated, update);
  const auto before = nlohmann::ordered_json::parse(created);
  const auto after = nlohmann::ordered_json::parse(updated);
  REQUIRE(after.size() == before.size());
  for (auto one = before.begin(), other = after.begin(); one != before.end(); ++one, ++other) {
    CHECK(one.key() == other.key());
  }
  CHECK(after.at("status") == "updated");
  CHECK(after.at("final") == true);
  CHECK(after.at("distinct") == 2);
  for (const char* key : {"context", "event", "event_time", "input", "line", "offset", "log_type"}) {
    CHECK(after.at(key).is_null());
  }
}
