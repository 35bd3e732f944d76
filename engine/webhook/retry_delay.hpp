// How long to wait before something is tried again.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "engine/event/value.hpp"

namespace picket {

using Milliseconds = std::chrono::milliseconds;

// Bounds: the first delay is up to `first`, each further one up to twice as long, none longer than `longest`.
struct RetryBounds {
  Milliseconds first{500};
  Milliseconds longest{60'000};
  Milliseconds longest_hint{3'600'000};  // what a receiver asks for beyond it is cut
};

// The delay after so many failures (from 1): exponential with full jitter, so that many who failed at once do not come
// back at once. `hint` is what the receiver asked for, and is added. `chance` is in [0, 1).
[[nodiscard]] Milliseconds retry_delay(std::uint64_t failures, std::optional<Milliseconds> hint, double chance,
                                       const RetryBounds& bounds = {});

// The value of a header `Retry-After` (RFC 9110, 10.2.3): seconds, or a date in the form of "Sun, 06 Nov 1994 08:49:37
// GMT"; a date that has passed is no time at all. Nothing for what is neither.
[[nodiscard]] std::optional<Milliseconds> parse_retry_after(std::string_view text, Time now);

}  // namespace picket
