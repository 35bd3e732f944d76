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

}  // namespace picket
