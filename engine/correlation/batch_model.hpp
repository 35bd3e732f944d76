// The definition of signal.hpp, worked out over all signals at once and by no cleverness: the oracle of Correlator.
// Slow: its time grows with the cube of the signals of a key.
#pragma once

#include <span>
#include <vector>

#include "engine/correlation/signal.hpp"

namespace picket {

// The firings of one correlation rule, given every signal there ever is, in the order of time. They come key by key,
// within a key in the order in which they were completed. Their `signals` are left empty: only that there are such
// signals is the model's matter, and when they begin.
[[nodiscard]] std::vector<Firing> correlate_all(const CheckedCorrelation& correlation,
                                                std::span<const SignalView> signals);

}  // namespace picket
