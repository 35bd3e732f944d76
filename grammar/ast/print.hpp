// Printing a tree in the language's canonical spelling: for people, and it parses again to an equal tree.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "grammar/ast/expr.hpp"

namespace picket {

// One expression on one line; blocks with several lines use `;`.
[[nodiscard]] std::string print(const Expr& expr);
// "any rule in rules": a binder without its body.
[[nodiscard]] std::string print_heading(const BinderExpr& binder);
// One line for each definition and condition.
[[nodiscard]] std::string print(const Block& block);
[[nodiscard]] std::string print(const std::vector<Definition>& definitions);
[[nodiscard]] std::string print(const Definition& definition);
// The text of a template as AlertTitle holds it, without `f"…"`. REQUIRES: expr is a TemplateExpr.
[[nodiscard]] std::string print_template(const Expr& expr);
// The entries of an object as AlertContext holds them, one a line, without braces. REQUIRES: expr is an ObjectExpr.
[[nodiscard]] std::string print_entries(const Expr& expr);

// The literal that reads back as `value`: '…' where that saves backslashes, else "…".
[[nodiscard]] std::string print_string(const std::string& value);
// " + ", " - " …
[[nodiscard]] std::string_view sign_of(Arithmetic op);
// "90m", "2h", "500ms": the largest unit that leaves a whole number.
[[nodiscard]] std::string print_duration_literal(std::int64_t microseconds);

}  // namespace picket
