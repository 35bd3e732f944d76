// The operators and the kinds that `is` asks for of the language as tables (operators.def, is_kinds.def).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace picket {

enum class Op : std::uint8_t {
#define PICKET_OP(name, spelling, aliases, folds, list_right, all, meaning) name,
#include "grammar/ast/operators.def"
#undef PICKET_OP
};

struct OpRow {
  Op op;
  std::string_view spelling;
  std::string_view aliases;  // separated by blanks
  bool folds;                // `~` may follow
  bool list_right;           // a list on the right means any of them
  bool all;                  // `all` may follow
  std::string_view meaning;  // Markdown
};

// Every operator, in the table's order.
[[nodiscard]] std::span<const OpRow> operators();
[[nodiscard]] const OpRow& row_of(Op op);
// By canonical spelling or accepted alias.
[[nodiscard]] std::optional<Op> op_from_spelling(std::string_view spelling);
// The operator that says the same with the sides swapped, if there is one.
[[nodiscard]] std::optional<Op> mirrored(Op op);
// The canonical spelling of what people try in other languages (`equals`, `=`, `regex`, `IN`), or nothing.
[[nodiscard]] std::optional<std::string_view> meant_operator(std::string_view written);

// What may follow `is`.
enum class IsKind : std::uint8_t {
#define PICKET_IS_KIND(name, spelling, meaning) name,
#include "grammar/ast/is_kinds.def"
#undef PICKET_IS_KIND
};

struct IsKindRow {
  IsKind kind;
  std::string_view spelling;
  std::string_view meaning;  // Markdown
};

[[nodiscard]] std::span<const IsKindRow> is_kinds();
[[nodiscard]] const IsKindRow& row_of(IsKind kind);
[[nodiscard]] std::optional<IsKind> is_kind_from_spelling(std::string_view spelling);

// The reserved words of the language, sorted.
[[nodiscard]] std::span<const std::string_view> reserved_words();
[[nodiscard]] bool is_reserved(std::string_view word);

}  // namespace picket
