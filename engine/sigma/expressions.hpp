// Expressions of the detection language, made by hand. All of their nodes stand where the Sigma file says what they
// come from.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/event/value.hpp"
#include "grammar/ast/expr.hpp"

namespace picket::sigma {

[[nodiscard]] Expr text_of(std::string_view text, SourceSpan span);
// A literal for a bool, a number, a string or null.
[[nodiscard]] Expr literal_of(const Value& value, SourceSpan span);
// One of them alone, several as a list.
[[nodiscard]] Expr list_of(std::vector<Expr> items, SourceSpan span);
[[nodiscard]] Expr call(std::string_view function, std::vector<Expr> arguments, SourceSpan span);
// `.`
[[nodiscard]] Expr element(SourceSpan span);

[[nodiscard]] Expr compare(Expr left, Op op, bool folded, Expr right, SourceSpan span);
[[nodiscard]] Expr is(Expr left, std::string_view kind, SourceSpan span);
[[nodiscard]] Expr negation(Expr operand, SourceSpan span);
// One operand stays as it is. REQUIRES: at least one.
[[nodiscard]] Expr joined(Connective connective, std::vector<Expr> operands, SourceSpan span);
// `all { … }` or `any { … }`, with a line for each. Likewise.
[[nodiscard]] Expr group(GroupKind kind, std::vector<Expr> lines, SourceSpan span);
// `any list { lines }`.
[[nodiscard]] Expr any_of(Expr list, std::vector<Expr> lines, SourceSpan span);

// What an author wrote as one thing at the span.
[[nodiscard]] Expr item(Expr meaning, WrittenItem written, SourceSpan span);

// A field of the event by the names of its path, each as it stands in the event. `taken`: names that mean something
// else where they stand alone.
[[nodiscard]] Expr field(const std::vector<std::string>& path, const std::set<std::string>& taken, SourceSpan span);

// Whether the text can stand as a name of a definition or a field.
[[nodiscard]] bool is_free_name(std::string_view text);

}  // namespace picket::sigma
