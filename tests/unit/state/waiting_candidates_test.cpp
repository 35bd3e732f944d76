// Rules that remember, over events that come out of order.
#include <algorithm>
#include <random>

#include "engine/alert/native_format.hpp"
#include "engine/state/detector.hpp"
#include "tests/catch.hpp"
#include "tests/unit/state/signals.hpp"
#include "tests/unit/stream/judging.hpp"

namespace picket::tests {
namespace {

// Every event of a user but the first matches, and its title says which was before it.
std::shared_ptr<const RulesVersion> sequence(const std::string& name) {
  return version_from({rule_text("Sequence", "Test", "previous is not null",
                                 "Remember: {Key: \"last of {user}\", Value: n}\n"
                                 "AlertTitle: \"" +
                                     name + ": {user} {n} after {previous}\"\n")});
}

Candidates candidates(const std::shared_ptr<const RulesVersion>& version, const std::string& user, std::int64_t number,
                      Time time) {
  Candidates candidates;
  candidates.version = version;
  candidates.rules = {0};
  candidates.log_type = "Test";
  candidates.time = time;
  candidates.now = at_minute(100'000);
  candidates.place = {.input = "in", .offset = static_cast<std::uint64_t>(number), .line = 1};
  candidates.event = Object{{"user", user}, {"n", number}};
  return candidates;
}

struct Told {
  std::vector<Alert> alerts;
  TakeAlert tell = [this](const Alert& alert) { alerts.push_back(alert); };

  [[nodiscard]] std::vector<std::string> titles() const {
    std::vector<std::string> titles;
    for (const Alert& alert : alerts) titles.push_back(alert.texts.title);
    return titles;
  }
  [[nodiscard]] std::vector<std::string> sorted_lines() const {
    std::vector<std::string> lines;
    for (const Alert& alert : alerts) append_alert_json(lines.emplace_back(), alert);
    std::sort(lines.begin(), lines.end());
    return lines;
  }
};

DetectorOptions late_by(std::int64_t minutes) {
  DetectorOptions options;
  options.lateness = {minutes * minute};
  options.keeps_changes = true;
  return options;
}

}  // namespace

TEST_CASE("rules that remember see events in the order of their times, within the lateness") {
  const auto version = sequence("v");
  Detector detector(late_by(10));
  Told told;
  std::size_t matches = 0;
  detector.on_decision([&](const std::vector<Signal>& found, std::size_t) { matches += found.size(); });
  detector.adopt(version, told.tell);
  detector.take(candidates(version, "dana", 2, at_minute(2)), told.tell);
  detector.take(candidates(version, "dana", 3, at_minute(3)), told.tell);
  detector.take(candidates(version, "dana", 1, at_minute(1)), told.tell);
  CHECK(detector.counts().waiting == 3);
  CHECK(matches == 0);
  detector.observe(at_minute(12), at_minute(100'000), told.tell);
  CHECK(detector.counts().waiting == 1);
  CHECK(matches == 1);
  detector.finish(true, told.tell);
  CHECK(told.titles() == std::vector<std::string>{"v: dana 2 after 1", "v: dana 3 after 2"});
  CHECK(detector.counts().late == 0);
}

TEST_CASE("an event that comes later than it may is decided as it comes, and its match is counted as late") {
  const auto version = sequence("v");
  Detector detector(late_by(10));
  Told told;
  detector.adopt(version, told.tell);
  detector.take(candidates(version, "dana", 30, at_minute(30)), told.tell);
  detector.observe(at_minute(50), at_minute(100'000), told.tell);
  detector.take(candidates(version, "dana", 1, at_minute(1)), told.tell);
  detector.finish(true, told.tell);
  CHECK(told.titles() == std::vector<std::string>{"v: dana 1 after 30"});
  CHECK(detector.counts().late == 1);
}

TEST_CASE("events of the future wait like those of now, and count as such once they are decided") {
  const auto version = sequence("v");
  Detector detector(late_by(10));
  Told told;
  detector.adopt(version, told.tell);
  detector.take(candidates(version, "dana", 1, at_minute(99'000)), told.tell);
  detector.take(candidates(version, "dana", 2, at_minute(1'000'000)), told.tell);
  CHECK(told.alerts.empty());
  detector.finish(true, told.tell);
  CHECK(told.titles() == std::vector<std::string>{"v: dana 2 after 1"});
  CHECK(detector.counts().ahead == 1);
  CHECK(detector.latest() == at_minute(99'000));
}

TEST_CASE("what waits is bounded: the earliest are decided before their turn") {
  const auto version = sequence("v");
  DetectorOptions options = late_by(1'000);
  options.waiting_bytes = 4'000;
  Detector detector(options);
  Told told;
  detector.adopt(version, told.tell);
  for (int i = 1; i <= 100; ++i) detector.take(candidates(version, "dana", i, at_minute(i)), told.tell);
  CHECK(detector.counts().waiting < 20);
  CHECK(detector.counts().hurried == 100 - detector.counts().waiting);
  detector.finish(true, told.tell);
  CHECK(told.alerts.size() == 99);
}

TEST_CASE("candidates are decided by the version that found them, and gone when they are decided") {
  const auto older = sequence("older");
  const auto newer = sequence("newer");
  Detector detector(late_by(10));
  Told told;
  detector.adopt(older, told.tell);
  detector.take(candidates(older, "dana", 1, at_minute(1)), told.tell);
  detector.take(candidates(older, "dana", 3, at_minute(3)), told.tell);
  detector.adopt(newer, told.tell);
  detector.take(candidates(newer, "dana", 2, at_minute(2)), told.tell);
  detector.finish(true, told.tell);
  CHECK(told.titles() == std::vector<std::string>{"newer: dana 2 after 1", "older: dana 3 after 2"});
  REQUIRE(told.alerts.size() == 2);
  CHECK(told.alerts[0].rule->rules_version == newer->name());
  CHECK(told.alerts[1].rule->rules_version == older->name());
  CHECK(older.use_count() == 1);
}

TEST_CASE("candidates that wait outlive the program; without their rule they mean nothing") {
  const auto older = sequence("older");
  const auto newer = sequence("newer");
  const auto other = version_from({rule_text("Other", "Test", "true")});
  Kept kept;
  Told told;
  {
    Detector detector(late_by(10));
    detector.adopt(older, told.tell);
    detector.take(candidates(older, "dana", 2, at_minute(2)), told.tell);
    detector.take(candidates(older, "dana", 1, at_minute(1)), told.tell);
    kept.add(detector.changes());
  }
  {
    Detector detector(late_by(10));
    detector.adopt(newer, told.tell);
    CHECK(detector.restore(kept.all()).empty());
    CHECK(detector.counts().waiting == 2);
    detector.finish(true, told.tell);
    CHECK(told.titles() == std::vector<std::string>{"newer: dana 2 after 1"});
  }
  {
    Detector detector(late_by(10));
    detector.adopt(other, told.tell);
    CHECK(detector.restore(kept.all()).size() == 2);
    CHECK(detector.counts().waiting == 0);
  }
}

// The same for all that comes within the lateness, whatever the order and however often the program ends.
TEST_CASE("events out of order give rules that remember the alerts of sorted ones") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  const auto below = [&](int bound) { return static_cast<int>(random() % static_cast<unsigned>(bound)); };
  const auto version = sequence("v");
  for (int round = 0; round < 20; ++round) {
    const int most_late = 1 + below(30);
    struct Coming {
      std::int64_t happened;
      std::int64_t comes;
      Candidates candidates;
    };
    std::vector<Coming> all;
    std::int64_t now = 0;
    for (int i = 0; i < 200; ++i) {
      now += below(4);
      all.push_back({now, now + below(most_late), candidates(version, std::to_string(below(4)), i, at_minute(now))});
    }
    const auto told_in_order = [&](auto before, bool ends) {
      std::stable_sort(all.begin(), all.end(), before);
      auto detector = std::make_unique<Detector>(late_by(most_late));
      Told told;
      Kept kept;
      detector->adopt(version, told.tell);
      for (const Coming& coming : all) {
        detector->take(coming.candidates, told.tell);
        if (below(5) == 0) detector->observe(at_minute(coming.happened), at_minute(100'000), told.tell);
        if (!ends || below(10) > 0) continue;
        kept.add(detector->changes());
        detector = std::make_unique<Detector>(late_by(most_late));
        detector->adopt(version, told.tell);
        CHECK(detector->restore(kept.all()).empty());
      }
      detector->finish(true, told.tell);
      CHECK(detector->counts().late == 0);
      return told.sorted_lines();
    };
    const auto happened = [](const Coming& a, const Coming& b) { return a.happened < b.happened; };
    const auto comes = [](const Coming& a, const Coming& b) { return a.comes < b.comes; };
    const auto sorted = told_in_order(happened, false);
    REQUIRE(sorted.size() > 100);
    REQUIRE(told_in_order(comes, false) == sorted);
    REQUIRE(told_in_order(comes, true) == sorted);
  }
}

}  // namespace picket::tests
