// A path into an event as its steps.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "grammar/ast/expr.hpp"

namespace picket {

// A key, or an index (negative: from the end).
using EventPath = std::vector<std::variant<std::string, std::int64_t>>;

// The steps of a path that read_field_path() has read; nothing for one with `[*]`, which leads to many places.
[[nodiscard]] std::optional<EventPath> event_path(const Expr& expr);

}  // namespace picket
