// A correlation rule tried on signals that are given item by item, as its tests give them.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/correlation/match_values.hpp"
#include "engine/correlation/signal.hpp"

namespace picket {

// A signal of one item, whatever rule it came from.
struct ItemSignal {
  std::size_t item = 0;
  Time time;
  std::vector<std::vector<Value>> keys;  // see SignalKeys; of a rule without columns one empty key
  SignalMeasure measure;
};

// The firings of a rule, in the order in which they are decided. The signals may come in any order; those of equal time
// are taken in the order of their items. In firings they are named by their places in the list.
[[nodiscard]] std::vector<Firing> rehearse(const CheckedCorrelation& correlation,
                                           const std::vector<ItemSignal>& signals);

}  // namespace picket
