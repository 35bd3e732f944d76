// Mistakes in how a rule counts its matches: `Threshold`, `DedupPeriodMinutes`. Internal to engine/mutation.
#pragma once

#include <optional>
#include <vector>

#include "engine/mutation/mutate.hpp"
#include "engine/ruletest/test_alerts.hpp"

namespace picket {

// Of a test that is proposed: nobody would write down more.
constexpr std::int64_t most_matches = 100;

struct CountingMutant {
  Mistake mistake{};
  SourceSpan span;  // the number, in the rule's file
  Counting counting;
  std::string replacement;
};

// Of what the rule says itself: a threshold one more and one less, a period of twice and of half the length. None of a
// rule that makes no alerts, or that counts distinct values: a test has one event, which has one.
[[nodiscard]] std::vector<CountingMutant> counting_mutants(const Rule& rule);

// Times at which the match, coming again and again, makes another number of alerts by the mutant than by the rule.
// Nothing if more than `most_matches` would be needed.
[[nodiscard]] std::optional<KillingTimes> find_times(const Rule& rule, const RuleTest& base, const AlertTexts& texts,
                                                     const Counting& mutant);

}  // namespace picket
