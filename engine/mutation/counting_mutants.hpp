// Mistakes in how a rule counts its matches: `Threshold`, `DedupPeriodMinutes`. Internal to engine/mutation.
#pragma once

#include <vector>

#include "engine/mutation/mutate.hpp"
#include "engine/ruletest/test_alerts.hpp"

namespace picket {

struct CountingMutant {
  Mistake mistake{};
  SourceSpan span;  // the number, in the rule's file
  Counting counting;
  std::string replacement;
};

// Of what the rule says itself: a threshold one more and one less, a period of twice and of half the length. None of a
// rule that makes no alerts, or that counts distinct values: a test has one event, which has one.
[[nodiscard]] std::vector<CountingMutant> counting_mutants(const Rule& rule);

// Times at which an event may come so that mutants of the rule make another number of alerts of it, the fewest first;
// none if a test may not have so many.
[[nodiscard]] std::vector<std::vector<Time>> telling_times(const Rule& rule);

}  // namespace picket
