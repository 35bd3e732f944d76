// A data model's `Path`: the part of JSONPath that Panther's data models use, as an expression.
#pragma once

#include <optional>
#include <string_view>

#include "grammar/ast/expr.hpp"
#include "grammar/text/diagnostic.hpp"

namespace picket {

// Reads `a.b`, `$.a.b`, `a[0]`, `a[*].b`, `a['b.c']`. The result begins at the event (`$`), whatever the names are.
// Returns nothing and adds one bad-path for anything else: filters, `..`, blanks. `otherwise` is what its help proposes
// besides another path: ", or …".
[[nodiscard]] std::optional<Expr> read_field_path(const SourceText& text, Diagnostics& diagnostics,
                                                  std::string_view otherwise = {});

}  // namespace picket
