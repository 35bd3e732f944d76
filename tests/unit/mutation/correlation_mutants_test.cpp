// Mutants of correlation rules, what their tests notice, and the tests that would.
#include <memory>
#include <string>
#include <vector>

#include "engine/analyse/analyse.hpp"
#include "engine/mutation/mutate.hpp"
#include "engine/mutation/write_tests.hpp"
#include "engine/pack/pack.hpp"
#include "tests/catch.hpp"
#include "tests/unit/rule_text.hpp"

namespace picket::tests {
namespace {

struct MutatedCorrelation {
  CheckedPack pack;
  RuleMutation rule;
};

std::string correlation_text(const std::string& detection, const std::string& tests) {
  return "AnalysisType: correlation_rule\nRuleID: C\nEnabled: true\nSeverity: Low\nDetection:\n" + detection +
         (tests.empty() ? "" : "Tests:\n" + tests);
}

std::unique_ptr<MutatedCorrelation> mutated(const std::string& text, bool propose = false) {
  std::vector<SourcePtr> sources{std::make_shared<const Source>("c.yml", text)};
  for (const std::string id : {"A", "B", "C1"}) {
    sources.push_back(std::make_shared<const Source>(id + ".yml", rule_text("a eq 1", {}, "", id)));
  }
  Diagnostics diagnostics;
  auto result = std::make_unique<MutatedCorrelation>();
  AnalysisOptions options;
  options.lints = false;
  result->pack = analyse(std::make_shared<const Pack>(load_sources(sources, {}, diagnostics)), options, diagnostics);
  for (const Diagnostic& diagnostic : diagnostics.all()) FAIL(text << "\n" << diagnostic.message);
  REQUIRE(result->pack.correlations.size() == 1);
  MutationOptions mutation;
  mutation.propose = propose;
  result->rule = std::move(mutate_correlations({&result->pack.correlations.front()}, mutation).front());
  return result;
}

// "threshold 2 => 1: 1 signal of `a`, must not fire", "…: killed by t", "…: the same", "…: none".
std::vector<std::string> in_words(const MutatedCorrelation& mutated) {
  std::vector<std::string> list;
  for (const MutantResult& mutant : mutated.rule.mutants) {
    const std::string_view text = mutated.rule.about().source->text();
    std::string written(text.substr(mutant.span.begin, mutant.span.end - mutant.span.begin));
    written = written.substr(0, written.find('\n'));
    std::string words = std::string(spelling(mutant.mistake)) + " " + written + " => " + mutant.replacement + ": ";
    if (mutant.fate == Fate::killed) {
      words += "killed by " + mutant.killed_by->name.value;
    } else if (mutant.fate == Fate::equivalent) {
      words += "the same";
    } else if (!mutant.killer) {
      words += "none";
    } else {
      const auto& killer = std::get<KillingSignals>(*mutant.killer);
      for (const std::string& change : killer.changes) words += change + ", ";
      words += killer.fires ? "must fire" : "must not fire";
    }
    list.push_back(words);
  }
  return list;
}

const std::string group =
    "  - Group:\n      - ID: a\n        RuleID: A\n        MinMatchCount: 2\n      - ID: b\n        RuleID: B\n"
    "    MatchCriteria:\n      who:\n        - {GroupID: a, Match: user}\n        - {GroupID: b, Match: actor.name}\n"
    "    LookbackWindowMinutes: 30\n";
const std::string sequence =
    "  - Sequence:\n      - ID: a\n        RuleID: A\n      - ID: b\n        RuleID: B\n    Transitions:\n"
    "      - ID: t\n        From: a\n        To: b\n        WithinTimeFrameMinutes: 20\n        Match:\n"
    "          - On: user\n";

std::string test_text(const std::string& name, bool expected, const std::string& outputs) {
  return "  - Name: " + name + "\n    ExpectedResult: " + (expected ? "true" : "false") + "\n    RuleOutputs:\n" +
         outputs;
}

}  // namespace

TEST_CASE("a Group: counts, items, what must be equal, the window") {
  CHECK(in_words(*mutated(correlation_text(group, ""))) ==
        std::vector<std::string>{
            "dropped ID: a => : 1 signal of `a`, must not fire",
            "threshold 2 => 1: 1 signal of `a`, must not fire",
            "threshold 2 => 3: must fire",
            "dropped ID: b => : no signal of `b`, must not fire",
            "dropped who: => : `a` with `user` \"ax\", must not fire",
            "window 30 => 15: `a` at minute 16, must fire",
            "window 30 => 60: `a` at minute 31, must not fire",
        });
}

TEST_CASE("a Sequence: its order, and how soon one follows the other") {
  CHECK(in_words(*mutated(correlation_text(sequence + "    LookbackWindowMinutes: 40\n", ""))) ==
        std::vector<std::string>{
            "order Sequence => Group: `a` at minute 2, must not fire",
            "dropped ID: a => : no signal of `a`, must not fire",
            "dropped ID: b => : no signal of `b`, must not fire",
            "window 20 => 10: `b` at minute 11, must fire",
            "window 20 => 40: `b` at minute 21, must not fire",
            "dropped On: user => : `a` with `user` \"ax\", must not fire",
            "window 40 => 20: the same",
            "window 40 => 80: the same",
        });
}

TEST_CASE("a window that would be shorter than a time frame within it is no mutant") {
  const auto words = in_words(*mutated(correlation_text(sequence + "    LookbackWindowMinutes: 30\n", "")));
  CHECK(std::ranges::none_of(words, [](const std::string& one) { return one.starts_with("window 30 => 15"); }));
  // Nor a time frame that is longer than the window.
  CHECK(std::ranges::none_of(words, [](const std::string& one) { return one.starts_with("window 20 => 40"); }));
}

TEST_CASE("what must be absent, and how much is too much") {
  const std::string absent =
      "  - Group:\n      - ID: a\n        RuleID: A\n        MaxMatchCount: 3\n      - ID: b\n        RuleID: B\n"
      "        Absence: true\n";
  CHECK(in_words(*mutated(correlation_text(absent, ""))) == std::vector<std::string>{
                                                                "threshold 3 => 2: 3 signals of `a`, must fire",
                                                                "threshold 3 => 4: 4 signals of `a`, must not fire",
                                                                "dropped ID: b => : 1 signal of `b`, must not fire",
                                                                "negated true => false: must fire",
                                                            });
}

TEST_CASE("so many of the items") {
  const std::string two_of_three =
      "  - Group:\n      - {ID: a, RuleID: A}\n      - {ID: b, RuleID: B}\n      - {ID: c, RuleID: C1}\n"
      "    MinMatchCount: 2\n";
  const auto words = in_words(*mutated(correlation_text(two_of_three, "")));
  CHECK(std::ranges::find(words, "threshold 2 => 1: no signal of `a`, no signal of `b`, must not fire") != words.end());
  CHECK(std::ranges::find(words, "threshold 2 => 3: no signal of `a`, must fire") != words.end());
}

TEST_CASE("tests of a correlation rule kill, unless they fail for the rule itself") {
  const std::string both = test_text("both", true,
                                     "      - {ID: a, Matches: {user: {dana: [0, 1]}}}\n"
                                     "      - {ID: b, Matches: {actor.name: {dana: [16]}}}\n");
  const std::string wrong = test_text("wrong", true, "      - {ID: a, Matches: {user: {dana: [0]}}}\n");
  const auto words = in_words(*mutated(correlation_text(group, wrong + both)));
  CHECK(std::ranges::find(words, "window 30 => 15: killed by both") != words.end());
  CHECK(std::ranges::find(words, "threshold 2 => 3: killed by both") != words.end());
  CHECK(std::ranges::find(words, "threshold 2 => 1: 1 signal of `a`, must not fire") != words.end());
}

TEST_CASE("tests are written that leave no mutant alive") {
  const std::string both = test_text("both", true,
                                     "      - ID: a\n        Matches: {user: {dana: [0, 1]}}\n"
                                     "      - ID: b\n        Matches: {actor.name: {dana: [5]}}\n");
  for (const std::string& before :
       {correlation_text(group, ""), correlation_text(group, both),
        correlation_text(sequence + "    LookbackWindowMinutes: 40\n", ""), correlation_text(group, "") + "# the end\n",
        "AnalysisType: correlation_rule\nRuleID: C\nEnabled: true\nSeverity: Low\nDetection:\n" + group +
            "Tests: [{Name: none, ExpectedResult: false, RuleOutputs: []}]\n"}) {
    INFO(before);
    const auto first = mutated(before, true);
    const Edited edited = apply_edits(before, test_edits(*first->rule.correlation->rule, first->rule.proposals));
    INFO(edited.text);
    CHECK(edited.left_out.empty());
    const auto second = mutated(edited.text);
    CHECK(second->rule.count(Fate::survived) == 0);
    CHECK(second->rule.tests() == first->rule.tests() + first->rule.proposals.size());
  }
}

}  // namespace picket::tests
