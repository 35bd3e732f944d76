// What became of a comparison, in one word.
#pragma once

#include <cstdint>
#include <string_view>

#include "engine/eval/interpret.hpp"

namespace picket {

// `missing` and `wrong_type` are reasons for being false.
enum class ComparisonState : std::uint8_t { is_true, is_false, missing, wrong_type, not_reached };

// "true", "false", "missing", "wrong type", "not reached".
[[nodiscard]] std::string_view spelling(ComparisonState state);

// REQUIRES: seen is of a comparison. Never not_reached.
[[nodiscard]] ComparisonState state_of(const Observation& seen);

// Of an item that is of the wrong type, which of the comparisons within could not but be false; null if it is not.
// REQUIRES: it is an observation of an item.
[[nodiscard]] const Observation* clash_of(const Observation& item);

}  // namespace picket
