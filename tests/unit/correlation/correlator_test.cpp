#include "engine/correlation/correlator.hpp"

#include <limits>
#include <map>

#include "engine/analyse/analyse.hpp"
#include "engine/pack/pack.hpp"
#include "tests/catch.hpp"

namespace picket {
namespace {

constexpr std::string_view head =
    "AnalysisType: correlation_rule\nRuleID: C\nEnabled: true\nSeverity: High\nDetection:\n";

std::shared_ptr<const CheckedPack> pack_of(const std::string& detection) {
  Diagnostics diagnostics;
  const auto source = std::make_shared<const Source>("c.yml", std::string(head) + detection);
  const auto pack = std::make_shared<const Pack>(load_sources({source}, {}, diagnostics));
  auto checked = std::make_shared<const CheckedPack>(analyse(pack, {.lints = false}, diagnostics));
  REQUIRE_FALSE(diagnostics.has_errors());
  REQUIRE(checked->correlations.size() == 1);
  return checked;
}

const std::string group =
    "  - Group: [{ID: A, RuleID: A}, {ID: B, RuleID: B}]\n"
    "    MatchCriteria: {user: [{GroupID: A, Match: user}, {GroupID: B, Match: user}]}\n"
    "    LookbackWindowMinutes: 10\n";
const std::string absence =
    "  - Group: [{ID: A, RuleID: A}, {ID: B, RuleID: B, Absence: true}]\n"
    "    MatchCriteria: {user: [{GroupID: A, Match: user}, {GroupID: B, Match: user}]}\n"
    "    LookbackWindowMinutes: 10\n";
const std::string sequence =
    "  - Sequence: [{ID: A, RuleID: A, MinMatchCount: 2}, {ID: B, RuleID: B}]\n"
    "    Transitions: [{ID: T, From: A, To: B, WithinTimeFrameMinutes: 3, Match: {On: user}}]\n"
    "    LookbackWindowMinutes: 10\n";

// Feeds signals and says what fires.
class Feed {
 public:
  explicit Feed(const std::string& detection, const CorrelationLimits& limits = {})
      : correlator(pack_of(detection), limits) {}

  // "B@3 by dana": at which minute the firing was decided, for each.
  std::string take(std::string_view rule, std::int64_t minute, std::string_view user) {
    const Value event = Object{{"user", user}};
    std::vector<Firing> firings;
    correlator.take({rule, Time{minute * 60'000'000}, next_id_++, &event, nullptr}, firings);
    return told(firings);
  }
  std::string advance(std::int64_t minute) {
    std::vector<Firing> firings;
    correlator.advance(Time{minute * 60'000'000}, firings);
    return told(firings);
  }

  Correlator correlator;

 private:
  static std::string told(const std::vector<Firing>& firings) {
    std::string text;
    for (const Firing& firing : firings) {
      text += (text.empty() ? "" : ", ") + to_text(firing.values.at(0)) + "@" +
              std::to_string(firing.decided.microseconds / 60'000'000) + ":";
      for (const auto& item : firing.signals) {
        text += " [";
        for (const SignalMark& mark : item) text += std::to_string(mark.id);
        text += "]";
      }
    }
    return text;
  }

  std::uint64_t next_id_ = 0;
};

TEST_CASE("a group fires as soon as it is complete, once for each window and key") {
  Feed feed(group);
  CHECK(feed.take("A", 0, "dana").empty());
  CHECK(feed.take("B", 0, "eve").empty());
  CHECK(feed.take("B", 10, "dana") == "dana@10: [0] [2]");  // both ends belong to the window
  CHECK(feed.take("A", 12, "dana").empty());                // the same attack
  CHECK(feed.take("B", 20, "dana").empty());
  CHECK(feed.take("B", 21, "dana") == "dana@21: [3] [5]");  // which goes on
  CHECK(feed.take("A", 40, "dana").empty());
  CHECK(feed.take("B", 51, "dana").empty());  // too late
  CHECK(feed.take("nobody's", 51, "dana").empty());
  CHECK(feed.correlator.counts().firings == 2);
}

TEST_CASE("an absence is decided when the window has passed") {
  Feed feed(absence);
  CHECK(feed.take("A", 0, "dana").empty());
  CHECK(feed.advance(10).empty());
  CHECK(feed.advance(11) == "dana@10: [0] []");
  CHECK(feed.take("A", 30, "eve").empty());
  CHECK(feed.take("B", 40, "eve").empty());  // takes it back
  CHECK(feed.take("A", 50, "eve").empty());  // taken back by what was before
  CHECK(feed.take("A", 51, "eve").empty());
  CHECK(feed.take("A", 70, "frank") == "eve@61: [4] []");  // later signals decide as well as the clock
}

TEST_CASE("a sequence needs its order, and what it counts in time") {
  Feed feed(sequence);
  CHECK(feed.take("B", 0, "dana").empty());
  CHECK(feed.take("A", 1, "dana").empty());
  CHECK(feed.take("B", 2, "dana").empty());  // only one A
  CHECK(feed.take("A", 3, "dana").empty());
  CHECK(feed.take("B", 7, "dana").empty());  // more than three minutes after
  CHECK(feed.take("A", 8, "dana").empty());
  CHECK(feed.take("B", 9, "dana") == "dana@9: [35] [6]");
}

TEST_CASE("signals of equal time stand in either order") {
  Feed feed(sequence);
  CHECK(feed.take("A", 1, "dana").empty());
  CHECK(feed.take("B", 2, "dana").empty());
  CHECK(feed.take("A", 2, "dana") == "dana@2: [02] [1]");
}

TEST_CASE("more than MaxMatchCount takes a firing back") {
  Feed feed(
      "  - Group: [{ID: A, RuleID: A, MaxMatchCount: 2}]\n"
      "    MatchCriteria: {user: [{GroupID: A, Match: user}]}\n    LookbackWindowMinutes: 10\n");
  CHECK(feed.take("A", 0, "dana").empty());
  CHECK(feed.take("A", 1, "dana").empty());
  CHECK(feed.take("A", 0, "eve").empty());
  CHECK(feed.take("A", 5, "dana").empty());
  CHECK(feed.advance(100) == "eve@11: [2]");
}

TEST_CASE("memory is bounded: the key with the oldest signals gives way") {
  Feed two(group);
  CHECK(two.take("A", 0, "dana").empty());
  CHECK(two.take("A", 1, "eve").empty());
  CorrelationLimits limits;
  limits.bytes = two.correlator.bytes() * 5 / 4;  // of two keys, but not of three
  Feed feed(group, limits);
  CHECK(feed.take("A", 0, "dana").empty());
  CHECK(feed.take("A", 1, "eve").empty());
  CHECK(feed.take("A", 2, "dana").empty());
  CHECK(feed.take("A", 3, "frank").empty());
  CHECK(feed.correlator.keys() == 2);
  CHECK(feed.correlator.counts().evicted == 1);
  CHECK(feed.take("B", 4, "dana") == "dana@4: [2] [4]");
  CHECK(feed.take("B", 5, "eve").empty());  // forgotten
  CHECK(feed.correlator.counts().evicted == 2);
}

TEST_CASE("keys of all sizes share a bound of bytes, and they take what they are said to take") {
  CorrelationLimits limits;
  limits.bytes = 200'000;
  Feed feed(group, limits);
  std::size_t of_short_ones = 0;
  for (int i = 0; i < 2'000; ++i) {
    CHECK(feed.take("A", 0, "user" + std::to_string(i)).empty());
    CHECK(feed.correlator.bytes() <= limits.bytes);
    of_short_ones = feed.correlator.keys();
  }
  CHECK(of_short_ones > 200);
  CHECK(feed.correlator.counts().evicted == 2'000 - of_short_ones);
  for (int i = 0; i < 100; ++i) {
    CHECK(feed.take("A", 1, std::string(4'000, 'x') + std::to_string(i)).empty());
    CHECK(feed.correlator.bytes() <= limits.bytes);
  }
  CHECK(feed.correlator.keys() < 50);
  CHECK(feed.take("A", 2, std::string(1'000'000, 'y')).empty());  // the last one stays, however large
  CHECK(feed.correlator.keys() == 1);
  CHECK(feed.advance(100).empty());
  CHECK(feed.correlator.bytes() == 0);
}

TEST_CASE("what waits and gives way is counted as lost") {
  CorrelationLimits limits;
  limits.bytes = 1;
  Feed feed(absence, limits);
  CHECK(feed.take("A", 0, "dana").empty());
  CHECK(feed.take("A", 1, "eve").empty());
  CHECK(feed.correlator.counts().lost == 1);
  CHECK(feed.advance(100) == "eve@11: [1] []");
}

TEST_CASE("keys are forgotten when their window has passed") {
  Feed feed(group);
  CHECK(feed.take("A", 0, "dana").empty());
  CHECK(feed.advance(10).empty());
  CHECK(feed.correlator.keys() == 1);
  CHECK(feed.advance(11).empty());
  CHECK(feed.correlator.keys() == 0);
  CHECK(feed.correlator.counts().forgotten == 1);
}

TEST_CASE("a signal that is late counts as if it came now") {
  Feed feed(group);
  CHECK(feed.take("A", 5, "dana").empty());
  CHECK(feed.take("B", 2, "dana") == "dana@5: [0] [1]");
  CHECK(feed.correlator.counts().late == 1);
}

TEST_CASE("disabled correlation rules do nothing") {
  Diagnostics diagnostics;
  const std::string text =
      "AnalysisType: correlation_rule\nRuleID: C\nEnabled: false\nSeverity: High\nDetection:\n" + group;
  const auto source = std::make_shared<const Source>("c.yml", text);
  const auto pack = std::make_shared<const Pack>(load_sources({source}, {}, diagnostics));
  const Correlator correlator(std::make_shared<const CheckedPack>(analyse(pack, {.lints = false}, diagnostics)));
  CHECK_FALSE(correlator.wants("A"));
  CHECK(Feed(group).correlator.wants("A"));
}

TEST_CASE("only what has changed is saved, and what another rule saved is not read") {
  CorrelationLimits limits;
  limits.track_changes = true;
  Feed feed(group, limits);
  CHECK(feed.take("A", 0, "dana").empty());
  CHECK(feed.take("A", 1, "eve").empty());
  CHECK(feed.correlator.take_changes().size() == 2);
  CHECK(feed.correlator.take_changes().empty());
  CHECK(feed.take("A", 2, "eve").empty());
  const auto changes = feed.correlator.take_changes();
  REQUIRE(changes.size() == 1);
  CHECK(feed.advance(100).empty());
  const auto gone = feed.correlator.take_changes();
  REQUIRE(gone.size() == 2);
  CHECK(gone[0].state.empty());

  Feed other(group);
  CHECK(other.correlator.load(changes).empty());
  CHECK(other.take("B", 3, "eve") == "eve@3: [2] [0]");
  Feed changed(sequence);
  CHECK(changed.correlator.load(changes).size() == 1);
  for (const std::string text : {"", "{", "[]", R"({"form":"x"})"}) {
    Feed fresh(group);
    CHECK(fresh.correlator.load(std::vector<SavedKey>{{"C", "key", text}}).size() == 1);
  }
}

// What somebody keeps who puts changes over what was there before.
std::map<std::string, std::string> kept_of(std::vector<SavedKey> changes,
                                           std::map<std::string, std::string> kept = {}) {
  for (SavedKey& change : changes) {
    kept.erase(change.key);
    if (!change.state.empty()) kept.emplace(change.key, std::move(change.state));
  }
  return kept;
}

TEST_CASE("under the same rule in other files everything goes on, what is not saved yet included") {
  CorrelationLimits limits;
  limits.track_changes = true;
  Feed feed(absence, limits);
  CHECK(feed.take("A", 0, "dana").empty());
  CHECK(feed.take("A", 1, "eve").empty());
  feed.correlator.adopt(pack_of(absence));
  CHECK(feed.correlator.keys() == 2);
  CHECK(feed.correlator.counts().signals == 2);
  const auto kept = kept_of(feed.correlator.take_changes());
  CHECK(kept.size() == 2);
  CHECK(feed.take("B", 2, "eve").empty());
  CHECK(feed.advance(100) == "dana@10: [0] []");
  CHECK(kept_of(feed.correlator.take_changes(), kept).empty());
}

TEST_CASE("under a rule with other numbers goes on what still means something; it is saved anew") {
  CorrelationLimits limits;
  limits.track_changes = true;
  const std::string longer = std::string(group).replace(group.find("Minutes: 10"), 11, "Minutes: 30");
  Feed feed(group, limits);
  CHECK(feed.take("A", 0, "dana").empty());
  const auto kept = kept_of(feed.correlator.take_changes());
  feed.correlator.adopt(pack_of(longer));
  const auto changes = feed.correlator.take_changes();
  CHECK(kept_of(changes, kept).size() == 1);
  CHECK(feed.take("B", 25, "dana") == "dana@25: [0] [1]");
  Feed next(longer);
  CHECK(next.correlator.load(changes) ==
        std::vector<std::size_t>{0});  // that the key is gone comes first, and means nothing
  CHECK(next.correlator.keys() == 1);
}

TEST_CASE("under another rule of its name nothing goes on, and what was saved is gone") {
  CorrelationLimits limits;
  limits.track_changes = true;
  Feed feed(absence, limits);
  CHECK(feed.take("A", 0, "dana").empty());
  const auto kept = kept_of(feed.correlator.take_changes());
  CHECK(feed.take("A", 1, "eve").empty());
  feed.correlator.adopt(pack_of(sequence));
  CHECK(feed.correlator.keys() == 0);
  CHECK(feed.correlator.next_deadline() == Time{std::numeric_limits<std::int64_t>::max()});
  CHECK(kept_of(feed.correlator.take_changes(), kept).empty());
  CHECK(feed.take("A", 1, "dana").empty());
  CHECK(feed.take("B", 2, "dana").empty());
  CHECK(feed.correlator.wants("B"));
  feed.correlator.adopt(std::make_shared<const CheckedPack>());
  CHECK_FALSE(feed.correlator.wants("B"));
  CHECK(kept_of(feed.correlator.take_changes()).empty());
}

}  // namespace
}  // namespace picket
