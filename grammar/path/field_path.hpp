// Field paths as Panther's files write them, a data model's `Path` or a condition's `KeyPath`: the part of JSONPath
// that leads to values, as an expression.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "grammar/ast/expr.hpp"
#include "grammar/text/diagnostic.hpp"

namespace picket {

// A part of a text.
struct TextRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// Reads `a.b`, `$.a.b`, `a[0]`, `a[*].b`, `a['b.c']`. The result begins at the event (`$`), whatever the names are.
// Returns nothing and adds one bad-path for anything else: filters, `..`, blanks. `otherwise` is what its help proposes
// besides another path: ", or …".
[[nodiscard]] std::optional<Expr> read_field_path(const SourceText& text, Diagnostics& diagnostics,
                                                  std::string_view otherwise = {});
// The same of a part of the text.
[[nodiscard]] std::optional<Expr> read_field_path(const SourceText& text, TextRange range, Diagnostics& diagnostics,
                                                  std::string_view otherwise = {});

// `base.name`, or `base["name"]` for what is no plain name.
[[nodiscard]] Expr step_into(Expr base, std::string name, SourceSpan span);

// As many steps as a path may have.
constexpr std::size_t longest_field_path = 64;

}  // namespace picket
