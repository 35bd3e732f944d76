// Which mistakes in a condition its tests would notice, and for those that they would not an event that shows it. The
// door of engine/mutation.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/analyse/checked.hpp"
#include "engine/mutation/event_change.hpp"
#include "engine/mutation/mutants.hpp"
#include "engine/ruletest/ruletest.hpp"

namespace picket {

// An event of which the rule says one thing and the mutant another.
struct KillingEvent {
  const RuleTest* base = nullptr;  // the test whose event, mocks and clock it begins with; null: an empty event
  std::vector<EventChange> changes;
  Value event;
  bool verdict = false;  // of the rule as it is
};

enum class Fate : std::uint8_t {
  killed,      // a test fails for it
  survived,    // none does
  equivalent,  // none can: proved
};

struct MutantResult {
  Mistake mistake{};
  SourceSpan span;  // see Mutant
  std::string replacement;
  Fate fate{};
  bool searched = true;                 // false: the rule is so large that no event was sought to the end
  const RuleTest* killed_by = nullptr;  // the first test that fails, of one that was killed
  std::optional<KillingEvent> killer;   // of one that survived, if one was found
};

struct RuleMutation {
  const CheckedRule* rule = nullptr;
  std::vector<MutantResult> mutants;  // in the order of mutants_of(); those that do not compile are left out
  std::size_t left_out = 0;           // mutants that were not made, of a rule that is very large
  // Few of the events found that together tell all survivors from the rule for which any was found, those that tell
  // most first.
  std::vector<KillingEvent> proposals;

  [[nodiscard]] std::size_t count(Fate fate) const;
};

struct MutationOptions {
  TestOptions tests;
  bool find_killers = true;  // search events for survivors, and proofs of equivalence
  bool propose = false;      // choose among those events the tests to write
};

// Makes every mutant of the rules and runs the rules' tests on it, in parallel; the result does not depend on the
// number of threads. Tests that fail for the rule itself are left out. A mutant is killed by a verdict only: alert
// texts are not compared.
[[nodiscard]] std::vector<RuleMutation> mutate_rules(const CheckedPack& pack,
                                                     const std::vector<const CheckedRule*>& rules,
                                                     const MutationOptions& options);

}  // namespace picket
