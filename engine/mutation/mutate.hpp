// Which mistakes in a rule its tests would notice, and for those that they would not a test that shows it. The door of
// engine/mutation.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/analyse/checked.hpp"
#include "engine/mutation/event_change.hpp"
#include "engine/mutation/mutants.hpp"
#include "engine/ruletest/ruletest.hpp"
#include "engine/ruletest/test_signals.hpp"

namespace picket {

// An event of which the rule says one thing and the mutant another.
struct KillingEvent {
  const RuleTest* base = nullptr;  // the test whose event, mocks and clock it begins with; null: an empty event
  std::vector<EventChange> changes;
  Value event;
  bool verdict = false;       // of the rule as it is
  bool null_will_do = false;  // a key that is taken out may as well be null: the two disagree all the same
};

// Times at which an event comes for which the rule makes another number of alerts than the mutant.
struct KillingTimes {
  const RuleTest* base = nullptr;  // whose event it is; never null
  std::vector<Time> times;
  std::size_t alerts = 0;  // of the rule as it is
};

// Signals at which one of a correlation rule and its mutant fires.
struct KillingSignals {
  const CorrelationTest* base = nullptr;  // the test whose signals it begins with; null: those that just make it fire
  std::vector<std::string> changes;       // in words: "`Token` at minute 61"
  std::vector<TestSignal> signals;        // in the order of the rule's items
  bool fires = false;                     // the rule as it is
};

// What a test would hold that a mutant fails.
using Killer = std::variant<KillingEvent, KillingTimes, KillingSignals>;

enum class Fate : std::uint8_t {
  killed,      // a test fails for it
  survived,    // none does
  equivalent,  // none can: proved
};

// How the search of a test for a mutant that survived has ended, where none was found.
enum class SearchEnd : std::uint8_t {
  to_the_end,
  given_up,  // the rule is so large that there was no end of it
  no_alert,  // one that counts alerts, of which no test has an event that makes one
  too_many,  // one that counts more matches than a test may have
};

struct MutantResult {
  Mistake mistake{};
  SourceSpan span;  // see Mutant
  std::string replacement;
  std::vector<SourceSpan> also;  // other places where the same is left out
  Fate fate{};
  SearchEnd search = SearchEnd::to_the_end;
  const TestHeading* killed_by = nullptr;  // the first test that fails, of one that was killed
  std::optional<Killer> killer;            // of one that survived, if one was found
};

struct RuleMutation {
  const CheckedRule* rule = nullptr;
  const CheckedCorrelation* correlation = nullptr;  // or this, and then no rule
  // First those of the condition in the order of mutants_of(); those that do not compile are left out.
  std::vector<MutantResult> mutants;
  std::size_t left_out = 0;  // mutants that were not made, of a rule that is very large
  // Few of what was found that together tell all survivors from the rule for which any was found, those that tell most
  // first.
  std::vector<Killer> proposals;

  [[nodiscard]] const RuleMetadata& about() const;
  [[nodiscard]] std::size_t tests() const;
  [[nodiscard]] std::size_t count(Fate fate) const;
};

struct MutationOptions {
  TestOptions tests;
  bool find_killers = true;  // search events for survivors, and proofs of equivalence
  bool propose = false;      // choose among those events the tests to write
};

// Makes every mutant of the rules and runs the rules' tests on it, in parallel; the result does not depend on the
// number of threads. Tests that fail for the rule itself are left out. A mutant is killed by a verdict, one that counts
// otherwise by a number of alerts; alert texts are not compared.
[[nodiscard]] std::vector<RuleMutation> mutate_rules(const CheckedPack& pack,
                                                     const std::vector<const CheckedRule*>& rules,
                                                     const MutationOptions& options);
// The same of correlation rules: what their items count, their windows, what must be absent or equal, the order. (Of
// Sigma's there are no mutants: they have no tests.)
[[nodiscard]] std::vector<RuleMutation> mutate_correlations(const std::vector<const CheckedCorrelation*>& correlations,
                                                            const MutationOptions& options);

}  // namespace picket
