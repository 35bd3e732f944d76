// Correlation rules in a detector: what fires becomes an alert.
#include "engine/state/detector.hpp"
#include "tests/catch.hpp"
#include "tests/unit/state/signals.hpp"
#include "tests/unit/stream/judging.hpp"

using namespace picket;
using namespace picket::tests;

namespace {

std::shared_ptr<const RulesVersion> rules(const std::string& detection) {
  const std::string silent = "CreateAlert: false\n";
  return version_from({rule_text("Made", "T", "x eq 1", silent), rule_text("Used", "T", "x eq 2", silent),
                       "AnalysisType: correlation_rule\nRuleID: Both\nDisplayName: Made and used\nEnabled: true\n"
                       "Severity: High\nOutputIds: [on-call]\nDetection:\n" +
                           detection});
}

const std::string sequence =
    "  - Sequence:\n      - {ID: First, RuleID: Made}\n      - {ID: Second, RuleID: Used}\n"
    "    Transitions:\n      - {ID: then, From: First, To: Second, Match: {On: who}}\n"
    "    LookbackWindowMinutes: 30\n    Schedule: {RateMinutes: 5, TimeoutMinutes: 1}\n";

const std::string made_and_not_used =
    "  - Group:\n      - {ID: First, RuleID: Made}\n      - {ID: Second, RuleID: Used, Absence: true}\n"
    "    MatchCriteria: {who: [{GroupID: First, Match: who}, {GroupID: Second, Match: who}]}\n"
    "    LookbackWindowMinutes: 30\n    Schedule: {RateMinutes: 5, TimeoutMinutes: 1}\n";

class ToldAlerts {
 public:
  explicit ToldAlerts(const std::string& detection, DetectorOptions options = {})
      : version_(rules(detection)), detector_(options) {
    detector_.adopt(version_, tell_);
  }

  void take(const std::string& rule, const std::string& who, std::int64_t minutes) {
    Signal one = signal(version_->find(rule), who, at_minute(minutes), minutes);
    one.event = Object{{"who", Value(who)}};
    detector_.take(std::move(one), at_minute(1000), tell_);
  }
  void observe(std::int64_t minutes) { detector_.observe(at_minute(minutes), at_minute(1000), tell_); }
  // No event has come for so long, since the thousandth minute.
  bool pass(std::int64_t minutes) { return detector_.pass({minutes * minute}, at_minute(1000 + minutes), tell_); }
  void finish() { detector_.finish(true, tell_); }

  std::vector<Alert> alerts;

 private:
  TakeAlert tell_ = [this](Alert alert) { alerts.push_back(std::move(alert)); };
  std::shared_ptr<const RulesVersion> version_;
  Detector detector_;
};

}  // namespace

TEST_CASE("what fires is an alert of the correlation rule, with the event that brought it about") {
  ToldAlerts told(sequence);
  told.take("Made", "eve", 0);
  told.take("Used", "bob", 5);
  CHECK(told.alerts.empty());
  told.take("Used", "eve", 10);
  REQUIRE(told.alerts.size() == 1);
  const Alert& alert = told.alerts.front();
  CHECK(alert.rule->id == "Both");
  CHECK(alert.texts.title == "Made and used: eve");
  CHECK(alert.texts.severity == Severity::high);
  CHECK(alert.texts.destinations == std::vector<std::string>{"on-call"});
  CHECK(alert.window_start == at_minute(10));
  CHECK(alert.first_event == at_minute(0));  // of the pattern
  CHECK(alert.last_event == at_minute(10));
  REQUIRE(alert.sample);
  CHECK(alert.sample->event.value() == Value(Object{{"who", Value("eve")}}));
}

TEST_CASE(
    "an Absence is decided in a log that has fallen silent, too, once as much time has passed as events may be late") {
  for (const std::int64_t late : {0, 10}) {
    DetectorOptions options;
    options.lateness = {late * minute};
    ToldAlerts told(made_and_not_used, options);
    told.take("Made", "eve", 0);
    told.take("Made", "bob", 5);
    told.observe(20);
    CHECK_FALSE(told.pass(10));
    CHECK(told.pass(11 + late));
    REQUIRE(told.alerts.size() == 1);
    CHECK(told.alerts[0].texts.title == "Made and used: eve");
    told.take("Used", "bob", 33);  // what comes then counts at its time
    told.pass(1000);
    CHECK(told.alerts.size() == 1);
  }
}

TEST_CASE("what correlation rules know outlives other rules in force and the end of the program after them") {
  DetectorOptions options;
  options.keeps_changes = true;
  Kept kept;
  std::vector<Alert> alerts;
  const TakeAlert tell = [&](const Alert& alert) { alerts.push_back(alert); };
  const auto made = [](const std::shared_ptr<const RulesVersion>& version, const std::string& rule, int minutes) {
    Signal one = signal(version->find(rule), "eve", at_minute(minutes), minutes);
    one.event = Object{{"who", Value("eve")}};
    return one;
  };
  const auto first = rules(sequence);
  const auto second = rules(sequence);
  {
    Detector detector(options);
    detector.adopt(first, tell);
    detector.take(made(first, "Made", 0), at_minute(1000), tell);
    detector.adopt(second, tell);
    CHECK(detector.counts().correlation.signals == 1);
    kept.add(detector.changes());
  }
  Detector next(options);
  next.adopt(second, tell);
  CHECK(next.restore(kept.all()).empty());
  next.take(made(second, "Used", 10), at_minute(1000), tell);
  CHECK(alerts.size() == 1);
}

TEST_CASE("after a restart the key whose signal is oldest gives way, in whatever order they were kept") {
  DetectorOptions options;
  options.keeps_changes = true;
  Kept kept;
  std::vector<Alert> alerts;
  const TakeAlert tell = [&](const Alert& alert) { alerts.push_back(alert); };
  const auto version = rules(sequence);
  const auto take = [&](Detector& detector, const std::string& rule, const std::string& who, int minutes) {
    Signal one = signal(version->find(rule), who, at_minute(minutes), minutes);
    one.event = Object{{"who", Value(who)}};
    detector.take(std::move(one), at_minute(1000), tell);
  };
  {
    Detector detector(options);
    detector.adopt(version, tell);
    for (int i = 0; i < 20; ++i)
      take(detector, "Made", std::string(1, static_cast<char>('t' - i)), i);  // the last is "a"
    kept.add(detector.changes());
  }
  options.correlation_bytes = 6'000;  // too few for all of them
  Detector next(options);
  next.adopt(version, tell);
  CHECK(next.restore(kept.all()).empty());
  CHECK(next.counts().correlation.evicted > 0);
  take(next, "Used", "t", 21);
  CHECK(alerts.empty());
  take(next, "Used", "a", 22);
  CHECK(alerts.size() == 1);
}

TEST_CASE("by the clock of processing time passes without events") {
  DetectorOptions options;
  options.clock = ClockKind::processing;
  ToldAlerts told(made_and_not_used, options);
  told.take("Made", "eve", 0);  // at the thousandth minute, as all here
  CHECK_FALSE(told.pass(30));
  CHECK(told.pass(31));
  CHECK(told.alerts.size() == 1);
}

TEST_CASE("an Absence is decided by the passing of time; its alert has no event") {
  ToldAlerts told(made_and_not_used);
  told.take("Made", "eve", 0);
  told.take("Made", "bob", 1);
  told.take("Used", "bob", 2);
  told.observe(29);
  CHECK(told.alerts.empty());
  told.observe(40);
  REQUIRE(told.alerts.size() == 1);
  CHECK(told.alerts.front().texts.title == "Made and used: eve");
  CHECK_FALSE(told.alerts.front().sample);
}

TEST_CASE("a second attack is an alert of its own") {
  for (const std::string& detection : {sequence, made_and_not_used}) {
    ToldAlerts told(detection);
    // The second is complete more than a lookback after the first.
    for (const std::int64_t begin : {0, 35}) {
      told.take("Made", "eve", begin);
      if (detection == sequence) told.take("Used", "eve", begin + 1);
    }
    told.finish();
    REQUIRE(told.alerts.size() == 2);
    CHECK(told.alerts[0].status == AlertStatus::created);
    CHECK(told.alerts[1].status == AlertStatus::created);
    CHECK(told.alerts[0].id != told.alerts[1].id);
  }
}

// Decided exactly a lookback apart, complete more than one apart: two by the definition of what fires.
TEST_CASE("two attacks that an Absence makes wait are told apart by when they were complete") {
  std::string twice = made_and_not_used;
  twice.replace(twice.find("RuleID: Made"), 12, "RuleID: Made, MinMatchCount: 2");
  ToldAlerts told(twice);
  for (const std::int64_t at : {0, 29, 30, 60}) told.take("Made", "eve", at);
  told.finish();
  REQUIRE(told.alerts.size() == 2);
  CHECK(told.alerts[0].window_start == at_minute(29));
  CHECK(told.alerts[1].window_start == at_minute(60));
}
