// Outcome: what the judging of a text came to, if it came to anything.
#pragma once

#include <cstddef>
#include <variant>

#include "engine/alert/alert.hpp"
#include "engine/ruleset/ruleset.hpp"
#include "engine/stream/dead_letter.hpp"

namespace picket {

struct RaisedAlert {
  RuleIndex rule = 0;
  Alert alert;
};

using Outcome = std::variant<RaisedAlert, DeadLetter>;

// Bytes that an outcome takes, roughly, without those of an alert's event, which the alerts of one event share.
[[nodiscard]] std::size_t weight_of(const Outcome& outcome);

}  // namespace picket
