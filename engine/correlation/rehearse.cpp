#include "engine/correlation/rehearse.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <tuple>

#include "engine/correlation/keyed_patterns.hpp"

namespace picket {

std::vector<Firing> rehearse(const CheckedCorrelation& correlation, const std::vector<ItemSignal>& signals) {
  std::vector<std::size_t> order(signals.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return std::tuple(signals[i].time, signals[i].item); });
  CorrelationCounts counts;
  KeyedPatterns patterns(correlation, CorrelationLimits{}, counts);
  std::vector<Firing> firings;
  for (const std::size_t i : order) {
    patterns.advance(signals[i].time, firings);
    for (const auto& key : signals[i].keys)
      patterns.take(signals[i].item, key, {signals[i].time, i}, signals[i].measure);
    patterns.settle(firings);
  }
  patterns.advance(Time{std::numeric_limits<std::int64_t>::max()}, firings);
  return firings;
}

}  // namespace picket
