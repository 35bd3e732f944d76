#include "engine/state/detector.hpp"

#include <algorithm>
#include <random>

#include "engine/alert/native_format.hpp"
#include "tests/catch.hpp"
#include "tests/unit/state/signals.hpp"
#include "tests/unit/stream/judging.hpp"

using namespace picket;
using namespace picket::tests;

namespace {

DetectorOptions lateness(std::int64_t minutes) {
  DetectorOptions options;
  options.lateness = {minutes * minute};
  return options;
}

struct Told {
  std::vector<Alert> alerts;
  TakeAlert tell = [this](Alert alert) { alerts.push_back(std::move(alert)); };

  // As lines, in an order of their own: with lateness it matters what is told, not in which order.
  [[nodiscard]] std::vector<std::string> sorted_lines() const {
    std::vector<std::string> lines;
    for (const Alert& alert : alerts) append_alert_json(lines.emplace_back(), alert);
    std::sort(lines.begin(), lines.end());
    return lines;
  }
};

}  // namespace

TEST_CASE("the clock of events counts by when they happened, that of processing by when they were judged") {
  const auto rule = facts("R", 1, 10);
  for (const ClockKind kind : {ClockKind::event, ClockKind::processing}) {
    DetectorOptions options;
    options.clock = kind;
    Detector detector(options);
    Told told;
    // Twelve minutes apart by what they say, one by when they were judged.
    detector.take(signal(rule, "a", at_minute(0)), at_minute(100), told.tell);
    detector.take(signal(rule, "a", at_minute(12)), at_minute(101), told.tell);
    CHECK(std::count_if(told.alerts.begin(), told.alerts.end(), [](const Alert& alert) {
            return alert.status == AlertStatus::created;
          }) == (kind == ClockKind::event ? 2 : 1));
    CHECK(told.alerts.at(0).window_start == (kind == ClockKind::event ? at_minute(0) : at_minute(100)));
  }
}

TEST_CASE("with lateness an alert waits until its turn has come for sure; at a rest it waits no longer") {
  Detector detector(lateness(5));
  Told told;
  const auto rule = facts("R");
  detector.take(signal(rule, "a", at_minute(10)), at_minute(60), told.tell);
  detector.take(signal(rule, "b", at_minute(14)), at_minute(60), told.tell);
  CHECK(told.alerts.empty());
  CHECK(detector.counts().waiting == 2);
  detector.observe(at_minute(15), at_minute(60), told.tell);
  CHECK(told.alerts.size() == 1);
  CHECK_FALSE(detector.pass({4 * minute}, at_minute(64), told.tell));
  CHECK(told.alerts.size() == 1);
  CHECK(detector.pass({5 * minute}, at_minute(65), told.tell));
  CHECK(told.alerts.size() == 2);
  detector.take(signal(rule, "c", at_minute(13)), at_minute(60), told.tell);
  CHECK(detector.counts().late == 1);
  CHECK(told.alerts.size() == 3);  // late, but not lost
}

TEST_CASE("an event of the future does not carry the clock away; one without a time counts as the latest") {
  Detector detector;
  Told told;
  const auto rule = facts("R", 1, 10);
  detector.take(signal(rule, "a", at_minute(0)), at_minute(1), told.tell);
  detector.take(signal(rule, "a", Time{noon.microseconds * 2}), at_minute(1), told.tell);
  detector.take(signal(rule, "a", std::nullopt), at_minute(1), told.tell);
  detector.take(signal(rule, "a", at_minute(2)), at_minute(1), told.tell);
  detector.observe(Time{noon.microseconds * 2}, at_minute(1), told.tell);  // no match, so none to be counted
  CHECK(detector.counts().ahead == 1);
  CHECK(detector.counts().late == 0);
  CHECK(detector.counts().windows.open == 1);
  CHECK(told.alerts.back().matches == 4);
  CHECK(told.alerts.back().last_event == at_minute(2));
}

TEST_CASE("CreateAlert false: matches, no alerts") {
  auto silent = std::make_shared<RuleFacts>(*facts("R"));
  silent->create_alert = false;
  Detector detector;
  Told told;
  detector.take(signal(silent, "a", noon), noon, told.tell);
  detector.finish(true, told.tell);
  CHECK(told.alerts.empty());
}

TEST_CASE("what waits is bounded: beyond it the earliest go first") {
  DetectorOptions options = lateness(1'000);
  options.waiting_bytes = 50'000;
  Detector detector(options);
  Told told;
  const auto rule = facts("R");
  for (int i = 0; i < 200; ++i)
    detector.take(signal(rule, std::to_string(i), at_minute(i), i), at_minute(i), told.tell);
  CHECK(detector.counts().hurried > 0);
  CHECK(told.alerts.size() == detector.counts().hurried);
  CHECK(told.alerts.front().texts.dedup == "0");
}

TEST_CASE("what waits is told under the rules that judged it, and counted by those in force when its turn comes") {
  const auto older = version_from({rule_text("Kept", "T", "x eq 1"), rule_text("Gone", "T", "x eq 2")});
  const auto newer = version_from({rule_text("Kept", "T", "x eq 3")});
  Detector detector(lateness(5));
  Told told;
  detector.adopt(older, told.tell);
  detector.take(signal(older->find("Kept"), "a", at_minute(1)), at_minute(60), told.tell);
  detector.take(signal(older->find("Gone"), "b", at_minute(2)), at_minute(60), told.tell);
  detector.adopt(newer, told.tell);
  detector.take(signal(newer->find("Kept"), "a", at_minute(3)), at_minute(60), told.tell);
  CHECK(detector.pass({5 * minute}, at_minute(65), told.tell));
  REQUIRE(told.alerts.size() == 3);
  CHECK(told.alerts[0].rule == older->find("Kept"));
  CHECK(told.alerts[1].rule == older->find("Gone"));
  CHECK(told.alerts[2].rule == newer->find("Kept"));  // the update that its match brought about
}

TEST_CASE("what waits over a restart is told under the name of the version that judged it") {
  const auto older = version_from({rule_text("Kept", "T", "x eq 1")});
  const auto newer = version_from({rule_text("Kept", "T", "x eq 2")});
  DetectorOptions options = lateness(5);
  options.keeps_changes = true;
  Told told;
  Detector before(options);
  before.adopt(older, told.tell);
  before.take(signal(older->find("Kept"), "a", at_minute(1)), at_minute(60), told.tell);
  Detector after(options);
  after.adopt(newer, told.tell);
  CHECK(after.restore(before.changes()).empty());
  CHECK(after.pass({5 * minute}, at_minute(65), told.tell));
  REQUIRE(told.alerts.size() == 1);
  CHECK(older->name() != newer->name());
  CHECK(told.alerts[0].rule->rules_version == older->name());
}

// Whatever comes within the lateness gives what the same events in order give.
TEST_CASE("events out of order, within the lateness, give the alerts of sorted ones") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  const auto below = [&](int bound) { return static_cast<int>(random() % static_cast<unsigned>(bound)); };
  const std::vector<std::shared_ptr<const RuleFacts>> rules = {facts("One", 1, 10), facts("Three", 3, 15),
                                                               facts("Distinct", 2, 20, true)};
  for (int round = 0; round < 30; ++round) {
    const std::int64_t most_late = below(30);
    struct Coming {
      std::int64_t happened;
      std::int64_t comes;
      Signal signal;
    };
    std::vector<Coming> all;
    std::int64_t now = 0;
    for (int i = 0; i < 300; ++i) {
      now += below(4);
      Signal one = signal(rules[static_cast<std::size_t>(below(3))], std::to_string(below(4)), at_minute(now), i);
      one.texts.title = "title " + std::to_string(i);
      if (below(4) > 0) one.texts.unique = std::to_string(below(3));
      all.push_back({now, now + (most_late > 0 ? below(static_cast<int>(most_late)) : 0), std::move(one)});
    }
    const auto told_in_order = [&](auto before) {
      std::stable_sort(all.begin(), all.end(), before);
      Detector detector(lateness(most_late));
      Told told;
      for (const Coming& coming : all) {
        detector.take(coming.signal, at_minute(100'000), told.tell);
        if (below(5) == 0) detector.observe(at_minute(coming.happened), at_minute(100'000), told.tell);
      }
      detector.finish(true, told.tell);
      CHECK(detector.counts().late == 0);
      return told.sorted_lines();
    };
    const auto sorted = told_in_order([](const Coming& a, const Coming& b) { return a.happened < b.happened; });
    REQUIRE(sorted.size() > 20);
    REQUIRE(told_in_order([](const Coming& a, const Coming& b) { return a.comes < b.comes; }) == sorted);
  }
}
