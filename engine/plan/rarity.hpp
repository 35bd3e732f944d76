// How rare things are in the values of events: what covers and grams are chosen by. Guesses; they change speed, never
// results.
#pragma once

#include <string_view>

#include "engine/plan/access.hpp"

namespace picket {

// How often a gram of a folded text stands at a given place, by its bytes.
[[nodiscard]] double gram_frequency(std::string_view gram);

// The share of a log type's events in which a key holds.
[[nodiscard]] double key_frequency(const AccessKey& key);

}  // namespace picket
