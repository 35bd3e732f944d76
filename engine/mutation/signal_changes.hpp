// Signals near to others: a few more or less of an item, one that comes at another time, or with another value.
// Internal to engine/mutation.
#pragma once

#include <string>
#include <vector>

#include "engine/analyse/checked.hpp"
#include "engine/ruletest/test_signals.hpp"

namespace picket {

struct ChangedSignals {
  std::vector<TestSignal> signals;
  std::string change;  // in words: "`Token` at minute 61"
};

// Every change of one kind at one place that the two rules, one made of the other, may see differently: the counts that
// either asks of an item, times just within and just beyond the windows of either, before and behind all others.
[[nodiscard]] std::vector<ChangedSignals> signal_changes(const std::vector<TestSignal>& signals,
                                                         const CheckedCorrelation& original,
                                                         const CheckedCorrelation& mutant);

// Signals that make the rule fire, where nothing stands against it: as many of each item as it asks for, with equal
// values, a minute between one item and the next.
[[nodiscard]] std::vector<TestSignal> firing_signals(const CheckedCorrelation& correlation);

}  // namespace picket
