// Literals as the parser makes them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "grammar/ast/expr.hpp"

namespace picket {

// The whole number of at most 15 digits that the expression is, with its sign.
[[nodiscard]] std::optional<std::int64_t> whole_number(const Expr& expr);
// The other way round; a negative one is a NegateExpr.
[[nodiscard]] Expr number_expr(std::int64_t value, SourceSpan span);
// Whether case can matter in the text: it has letters, or what may be such beyond ASCII.
[[nodiscard]] bool has_letters(std::string_view text);

}  // namespace picket
