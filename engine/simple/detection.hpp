// Panther's conditions in YAML, `Detection` and `InlineFilters`, as the conditions of the detection language: the door
// of engine/simple. What they mean for missing, null and mistyped fields is in rules/README.md; the cases are in
// tests/conformance/panther. Every node of the result stands where the author wrote it.
//
// Errors: unknown-condition, misplaced-condition, wrong-operand, unknown-key, missing-key, conflicting-keys,
// wrong-type, not-a-mapping, bad-value, bad-path, bad-cidr, nesting-too-deep. All faults of a list are reported;
// nothing is returned if there is one.
#pragma once

#include <optional>
#include <vector>

#include "engine/simple/reading.hpp"
#include "grammar/ast/expr.hpp"

namespace picket::simple {

// `Detection`: lines that must all hold.
[[nodiscard]] std::optional<Block> read_detection(const Reading& reading, const yaml::Mapping::Entry& entry);
// `InlineFilters`: likewise, to stand before the lines of a condition.
[[nodiscard]] std::optional<std::vector<Expr>> read_filters(const Reading& reading, const yaml::Mapping::Entry& entry);
// The `Conditions` of a dynamic severity, as one expression.
[[nodiscard]] std::optional<Expr> read_conditions(const Reading& reading, const yaml::Mapping::Entry& entry);

}  // namespace picket::simple
