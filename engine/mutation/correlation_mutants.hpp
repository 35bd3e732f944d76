// Correlation rules with one small mistake in them. Internal to engine/mutation.
#pragma once

#include <string>
#include <vector>

#include "engine/analyse/checked.hpp"
#include "engine/mutation/mutants.hpp"

namespace picket {

struct CorrelationMutant {
  Mistake mistake{};
  SourceSpan span;  // the smallest part that the mistake changes, in the rule's file
  std::string replacement;
  std::vector<SourceSpan> also;  // other places where the same is left out
  CheckedCorrelation changed;
};

// Every mutant that would be a rule, in the order of the text:
//   threshold  MinMatchCount, MaxMatchCount of an item, MinMatchCount of the Group: one more, one less
//   window     LookbackWindowMinutes, WithinTimeFrameMinutes: half as long, twice as long
//   dropped    an item; what must be equal (MatchCriteria, Match)
//   negated    what must be absent must be there
//   order      a Group for a Sequence
[[nodiscard]] std::vector<CorrelationMutant> correlation_mutants(const CheckedCorrelation& correlation);

}  // namespace picket
