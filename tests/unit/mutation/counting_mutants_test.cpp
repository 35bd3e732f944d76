// Mutants of how a rule counts: Threshold, DedupPeriodMinutes.
#include <string>
#include <vector>

#include "tests/catch.hpp"
#include "tests/unit/mutation/mutated.hpp"

namespace picket::tests {
namespace {

std::vector<std::string> of_counting(const Mutated& mutated) {
  std::vector<std::string> list;
  for (const MutantResult& mutant : mutated.rule.mutants) {
    if (mutant.mistake == Mistake::threshold || mutant.mistake == Mistake::window)
      list.push_back(mutated.words(mutant));
  }
  return list;
}

// What the test found for the mutant says: "2@14: 1 alerts".
std::string times_for(const Mutated& mutated, const std::string& words) {
  for (const MutantResult& mutant : mutated.rule.mutants) {
    if (mutated.words(mutant) != words) continue;
    if (mutant.fate == Fate::killed) return "killed by " + mutant.killed_by->name.value;
    if (!mutant.killer) {
      return mutant.search == SearchEnd::no_alert   ? "no alert"
             : mutant.search == SearchEnd::too_many ? "too many"
                                                    : "no test";
    }
    const auto& times = std::get<KillingTimes>(*mutant.killer);
    return std::to_string(times.times.size()) + "@" +
           std::to_string(times.times.back().microseconds / microseconds_per_minute) + ": " +
           std::to_string(times.alerts) + " alerts";
  }
  return "no such mutant";
}

}  // namespace

TEST_CASE("a threshold is one more and one less, a period half and twice as long") {
  const auto mutated = mutate("a eq 1", {"+{a: 1}"}, "DedupPeriodMinutes: 30\nThreshold: 3\n");
  CHECK(of_counting(*mutated) == std::vector<std::string>{"30 => 15", "30 => 60", "3 => 2", "3 => 4"});
  CHECK(times_for(*mutated, "3 => 2") == "2@0: 0 alerts");
  CHECK(times_for(*mutated, "3 => 4") == "3@0: 1 alerts");
  CHECK(times_for(*mutated, "30 => 15") == "3@29: 1 alerts");
  CHECK(times_for(*mutated, "30 => 60") == "3@31: 0 alerts");
}

TEST_CASE("of a threshold of 1 there is none less, and no period is shorter than the shortest") {
  const auto mutated = mutate("a eq 1", {"+{a: 1}"}, "DedupPeriodMinutes: 5\nThreshold: 1\n");
  CHECK(of_counting(*mutated) == std::vector<std::string>{"5 => 10", "1 => 2"});
  CHECK(times_for(*mutated, "5 => 10") == "2@6: 2 alerts");
  CHECK(times_for(*mutated, "1 => 2") == "1@0: 1 alerts");
}

TEST_CASE("what a rule does not say is not changed, nor what no test can see") {
  CHECK(of_counting(*mutate("a eq 1", {"+{a: 1}"})).empty());
  CHECK(of_counting(*mutate("a eq 1", {"+{a: 1}"}, "Threshold: 2\nCreateAlert: false\n")).empty());
  CHECK(of_counting(*mutate("a eq 1", {"+{a: 1}"}, "Threshold: 2\nUnique: \"{b}\"\n")).empty());
}

TEST_CASE("a test that says how many alerts there are kills what counts otherwise") {
  const std::string alerts = "{a: 1}\n    At: [0, 1, 29]\n    ExpectedAlerts: 1";
  const auto mutated = mutate("a eq 1", {"+{a: 1}", "+" + alerts}, "DedupPeriodMinutes: 30\nThreshold: 3\n");
  CHECK(times_for(*mutated, "3 => 4") == "killed by t1");
  CHECK(times_for(*mutated, "30 => 15") == "killed by t1");
  CHECK(times_for(*mutated, "3 => 2") == "2@0: 0 alerts");
}

TEST_CASE("a test with a wrong number of alerts kills nothing") {
  const std::string alerts = "{a: 1}\n    At: [0, 1]\n    ExpectedAlerts: 1";
  const auto mutated = mutate("a eq 1", {"+" + alerts}, "Threshold: 3\n");
  CHECK(times_for(*mutated, "3 => 2") == "2@0: 0 alerts");
}

TEST_CASE("what a rule remembers goes on from one time to the next") {
  const std::string once = "Remember: {Key: \"seen {a}\", For: 1d}\nThreshold: 2\n";
  // Only the first event matches, so that there is never an alert.
  CHECK(times_for(*mutate("a eq 1\nprevious is null", {"+{a: 1}"}, once), "2 => 1") == "1@0: 0 alerts");
  CHECK(times_for(*mutate("a eq 1\nprevious is null", {"+{a: 1}"}, once), "2 => 3") == "no test");
}

TEST_CASE("where no event alerts, and where nobody would write so many, no test is found") {
  CHECK(times_for(*mutate("a eq 1", {"{a: 2}"}, "Threshold: 3\n"), "3 => 2") == "no alert");
  CHECK(times_for(*mutate("a eq 1", {"+{a: 1}"}, "Threshold: 1001\n"), "1001 => 1000") == "too many");
}

}  // namespace picket::tests
