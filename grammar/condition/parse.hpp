// The parser of the detection language: text to tree. The door of grammar/condition.
//
// Each function returns nothing and adds exactly one error if the text is not well formed; its place is that of the
// author's file. They never throw, and time and stack are bounded by the limits. Safe from any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "grammar/ast/expr.hpp"
#include "grammar/text/diagnostic.hpp"
#include "grammar/text/source.hpp"

namespace picket {

struct Limits {
  std::size_t nesting = 128;            // brackets, operators and calls within one another
  std::size_t text_bytes = 256 * 1024;  // of one text
};

// `Condition`: lines and definitions.
[[nodiscard]] std::optional<Block> parse_condition(const SourceText& text, Diagnostics& diagnostics,
                                                   const Limits& limits = {});
// `Let`: definitions only.
[[nodiscard]] std::optional<std::vector<Definition>> parse_definitions(const SourceText& text, Diagnostics& diagnostics,
                                                                       const Limits& limits = {});
// `DynamicSeverity`, `Destinations`, a data model's `Expression`: one expression.
[[nodiscard]] std::optional<Expr> parse_expression(const SourceText& text, Diagnostics& diagnostics,
                                                   const Limits& limits = {});
// `AlertTitle` and its like: a TemplateExpr.
[[nodiscard]] std::optional<Expr> parse_template(const SourceText& text, Diagnostics& diagnostics,
                                                 const Limits& limits = {});
// `AlertContext`: the entries of an object, without its braces: an ObjectExpr.
[[nodiscard]] std::optional<Expr> parse_entries(const SourceText& text, Diagnostics& diagnostics,
                                                const Limits& limits = {});

}  // namespace picket
