// The truth of every comparison: the one place where an operator means something. The interpreter asks here, and so
// does any faster engine.
//
// Each is total: operands of a kind that an operator does not know make it false. When the budget runs out the answer
// is false and means nothing.
#pragma once

#include <span>

#include "engine/eval/budget.hpp"
#include "engine/event/value.hpp"
#include "engine/pattern/pattern.hpp"
#include "grammar/ast/operators.hpp"

namespace picket {

struct Comparison {
  Op op{};
  bool folded = false;
  bool all = false;  // every element of a list on the right, not any
};

// Any operator. `matches`, `like` and `in cidr` read their patterns from `right`; one that is malformed fits nothing.
[[nodiscard]] bool compares(const Comparison& comparison, const Value& left, const Value& right, Budget& budget);

// The same with the patterns of the right side compiled.
[[nodiscard]] bool matches(const Value& left, std::span<const Regex> patterns, bool all, Budget& budget);
[[nodiscard]] bool is_like(const Value& left, std::span<const Glob> patterns, bool all, Budget& budget);
[[nodiscard]] bool is_in_networks(const Value& left, std::span<const Network> networks, Budget& budget);

// `value is kind`.
[[nodiscard]] bool is_of_kind(const Value& value, IsKind kind);
[[nodiscard]] bool is_of_kind(std::string_view text, IsKind kind);

}  // namespace picket
