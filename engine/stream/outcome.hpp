// Outcome: what the judging of a text came to, if it came to anything.
#pragma once

#include <cstddef>
#include <variant>

#include "engine/state/candidates.hpp"
#include "engine/state/signal.hpp"
#include "engine/stream/dead_letter.hpp"

namespace picket {

using Outcome = std::variant<Signal, Candidates, DeadLetter>;

// Bytes that an outcome takes, roughly, without those of a signal's event, which the signals of one event share.
[[nodiscard]] std::size_t weight_of(const Outcome& outcome);

}  // namespace picket
