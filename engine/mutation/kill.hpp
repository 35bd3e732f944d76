// Finding an event on which a rule and a mutant of it disagree. Internal to engine/mutation.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "engine/mutation/mutate.hpp"

namespace picket {

// The rule and its mutant, both of one checked pack.
struct Opponents {
  const CheckedPack& pack;
  const CheckedRule& original;
  const CheckedRule& mutant;
  Mistake mistake{};
  SourceSpan span;  // what the mistake is about, in the rule's file
};

// What may still be spent on searching: evaluations, and the steps that they take (see EvaluationInput).
struct SearchBudget {
  std::size_t evaluations = 0;
  std::size_t steps = 0;
  [[nodiscard]] bool spent() const { return evaluations == 0 || steps == 0; }
};

// An event near to that of one of the rule's tests on which the two disagree, as an evaluation of it has shown; nothing
// if none was found. The fewer changes it takes, the earlier it is tried. Takes what it spends off the budget.
[[nodiscard]] std::optional<KillingEvent> find_killer(const Opponents& opponents, Interpreter& interpreter,
                                                      const TestOptions& options, SearchBudget& budget);

}  // namespace picket
