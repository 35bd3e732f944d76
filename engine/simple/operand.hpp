// What stands beside a condition: `Value` or `Values`, checked against what the condition compares with.
#pragma once

#include <optional>

#include "engine/simple/comparison.hpp"
#include "engine/simple/conditions.hpp"
#include "engine/simple/reading.hpp"

namespace picket::simple {

struct ReadOperand {
  std::optional<Expr> literal;  // a list of them for `Values` of more than one
  bool wanted = true;           // false for `Value: false` of a condition that compares with nothing
};

// Errors: wrong-operand for what does not go with the condition, conflicting-keys, bad-cidr; wrong-type and bad-value
// in `Values`. `Expressions` must be there where the condition has them; they are not read.
[[nodiscard]] std::optional<ReadOperand> read_operand(const Reading& reading, const yaml::Mapping& mapping,
                                                      const ConditionRow& row, const ConditionPlaces& places);

}  // namespace picket::simple
