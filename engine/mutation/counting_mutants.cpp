#include "engine/mutation/counting_mutants.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace picket {
namespace {

// So many matches, one behind the other as evenly as whole minutes allow, the last of them at that minute.
std::vector<Time> spread(std::int64_t matches, std::int64_t last) {
  std::vector<Time> times;
  for (std::int64_t i = 0; i < matches; ++i) {
    const std::int64_t minute = matches == 1 ? 0 : last * i / (matches - 1);
    times.push_back(Time{minute * microseconds_per_minute});
  }
  return times;
}

}  // namespace

std::vector<CountingMutant> counting_mutants(const Rule& rule) {
  std::vector<CountingMutant> mutants;
  if (!rule.create_alert || rule.unique) return mutants;
  const Counting own = counting_of(rule);
  const auto said = [&](const Located<std::int64_t>& number) {
    return number.span.begin < number.span.end && !rule.inherits(number.span);
  };
  const auto add = [&](Mistake mistake, SourceSpan span, const Counting& counting, std::int64_t number) {
    mutants.push_back({mistake, span, counting, std::to_string(number)});
  };
  if (said(rule.dedup_minutes)) {
    for (const std::int64_t minutes : {std::max(own.dedup_minutes / 2, least_dedup_minutes), own.dedup_minutes * 2}) {
      if (minutes == own.dedup_minutes) continue;
      add(Mistake::window, rule.dedup_minutes.span, {own.threshold, minutes}, minutes);
    }
  }
  if (said(rule.threshold)) {
    for (const std::int64_t number : {own.threshold - 1, own.threshold + 1}) {
      if (number > 0) add(Mistake::threshold, rule.threshold.span, {number, own.dedup_minutes}, number);
    }
  }
  std::ranges::stable_sort(mutants, {}, [](const CountingMutant& mutant) { return mutant.span.begin; });
  return mutants;
}

std::vector<std::vector<Time>> telling_times(const Rule& rule) {
  const std::int64_t threshold = rule.threshold.value;
  const std::int64_t period = rule.dedup_minutes.value;
  std::vector<std::vector<Time>> list;
  if (threshold > static_cast<std::int64_t>(most_times)) return list;
  if (threshold > 1) list.push_back(spread(threshold - 1, 0));
  list.push_back(spread(threshold, 0));
  // Just within the period, and just beyond it.
  const std::int64_t matches = std::max<std::int64_t>(threshold, 2);
  for (const std::int64_t last : {period - 1, period + 1}) list.push_back(spread(matches, last));
  return list;
}

}  // namespace picket
