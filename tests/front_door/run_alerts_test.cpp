// What `picket run` makes of matches: alerts, counted by windows on a clock.
#include "tests/catch.hpp"
#include "tests/front_door/run_fixture.hpp"

using namespace picket::tests;
using picket::tests::contains;

namespace {

// "created a 1, updated a 2": what is told of alerts, in order.
std::string told(const std::string& out) {
  std::string words;
  for (const nlohmann::json& alert : json_lines(out)) {
    words += (words.empty() ? "" : ", ") + alert.at("status").get<std::string>() + " " +
             alert.at("dedup").get<std::string>() + " " + std::to_string(alert.at("matches").get<int>());
  }
  return words;
}

// A pack of one rule whose window is ten minutes and whose threshold two matches of one `who`.
class Alerts {
 public:
  Alerts() {
    folder.add("rules/r.yml",
               "AnalysisType: rule\nRuleID: Twice\nEnabled: true\nLogTypes: [Test]\nSeverity: High\n"
               "Threshold: 2\nDedupPeriodMinutes: 10\nDedup: \"{who}\"\nCondition: |\n  who is not null\n");
  }
  [[nodiscard]] ProgramResult run(const std::vector<std::string>& more, std::string input) const {
    ProgramCall call;
    call.arguments = {"run", "--rules", folder.path("rules"), "-t", "Test", "--format", "jsonl"};
    call.arguments.insert(call.arguments.end(), more.begin(), more.end());
    call.input = text_input(std::move(input));
    return run_picket(call);
  }
  static std::string at(int minute, const std::string& who) {
    const std::string two_digits = (minute < 10 ? "0" : "") + std::to_string(minute);
    return R"({"who":")" + who + R"(","meta":{"at":"2026-01-31T13:00:00Z"},"time":"2026-01-31T12:)" + two_digits +
           ":00Z\"}\n";
  }

  TemporaryFolder folder;
};

}  // namespace

TEST_CASE("matches of one story within the period are one alert, told when it is reached and when it has doubled") {
  const Alerts alerts;
  const std::string events =
      Alerts::at(0, "a") + Alerts::at(1, "b") + Alerts::at(2, "a") + Alerts::at(3, "a") + Alerts::at(20, "a");
  const ProgramResult result = alerts.run({}, events);
  CHECK(result.status == 0);
  CHECK(told(result.out) == "created a 2, updated a 3");
  CHECK_THAT(result.err, contains("1 alert of 5 matches"));
  CHECK(json_lines(result.out).at(1).at("final") == true);
}

TEST_CASE("events out of order are put in order by a lateness") {
  const Alerts alerts;
  // Sorted, the windows of `a` begin at 0 and at 11; as they come, all three are in one.
  const std::string events = Alerts::at(9, "a") + Alerts::at(0, "a") + Alerts::at(11, "a");
  const ProgramResult as_it_comes = alerts.run({}, events);
  CHECK(told(as_it_comes.out) == "created a 2, updated a 3");
  CHECK_THAT(as_it_comes.err, contains("1 match came out of order"));
  const ProgramResult sorted = alerts.run({"--lateness", "15m"}, events);
  CHECK(told(sorted.out) == "created a 2");
  CHECK_THAT(sorted.err, !contains("out of order"));
  for (const char* wrong : {"15", "-1m", "soon", "5 parsecs"}) {
    CHECK(alerts.run({"--lateness", wrong}, events).status == 2);
  }
}

TEST_CASE("the clock of processing counts by when events were judged") {
  const Alerts alerts;
  const std::string events = Alerts::at(0, "a") + Alerts::at(30, "a");
  CHECK(told(alerts.run({}, events).out).empty());
  CHECK(told(alerts.run({"--clock", "processing"}, events).out) == "created a 2");
}

TEST_CASE("the project says where events of a log type say when they happened") {
  const Alerts alerts;
  const std::string project = alerts.folder.add("picket.yml", "event_time:\n  Test: meta.at\n");
  const std::string events = Alerts::at(0, "a") + Alerts::at(30, "a");
  const ProgramResult result = alerts.run({"--project", project}, events);
  CHECK(told(result.out) == "created a 2");
  CHECK(json_lines(result.out).at(0).at("window_start") == "2026-01-31T13:00:00Z");
}

TEST_CASE("the summary as JSON") {
  const Alerts alerts;
  const std::string file = alerts.folder.path("summary.json");
  const std::string events = Alerts::at(0, "a") + Alerts::at(1, "a") + "broken\n" + Alerts::at(2, "b");
  CHECK(alerts.run({"--summary", file, "-q"}, events).err.empty());
  const auto summary = nlohmann::json::parse(read_file(file));
  CHECK(summary.at("end") == "input_ended");
  CHECK(summary.at("events") == 3);
  CHECK(summary.at("matches") == 3);
  CHECK(summary.at("alerts") == 1);
  CHECK(summary.at("invalid").size() == 1);
  CHECK(summary.at("rules") == nlohmann::json::array({{{"rule_id", "Twice"},
                                                       {"events", 3},
                                                       {"matches", 3},
                                                       {"alerts", 1},
                                                       {"first", "2026-01-31T12:00:00Z"},
                                                       {"last", "2026-01-31T12:02:00Z"}}}));
  CHECK(alerts.run({"--summary", "/nonexistent/x"}, events).status == 2);
  CHECK(alerts.run({"--summary", "/dev/full"}, events).status == 2);
}
