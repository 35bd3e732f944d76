// How many alerts come of a match that is repeated.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/eval/judge.hpp"
#include "engine/frontend/rule.hpp"

namespace picket {

// How a rule counts its matches.
struct Counting {
  std::int64_t threshold = 1;
  std::int64_t dedup_minutes = 60;
};

// When alerts would be told, in the order of time, if a match with these texts came at each of these times, in any
// order: as engine/state counts.
[[nodiscard]] std::vector<Time> alert_times(const Rule& rule, const Counting& counting, const AlertTexts& texts,
                                            std::span<const Time> matches);
// The same by the rule's own counting.
[[nodiscard]] std::vector<Time> alert_times(const Rule& rule, const AlertTexts& texts, std::span<const Time> matches);

}  // namespace picket
