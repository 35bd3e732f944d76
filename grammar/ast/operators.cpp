#include "grammar/ast/operators.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace picket {

namespace {

constexpr std::array op_rows{
#define PICKET_OP(name, spelling, aliases, folds, list_right, all, meaning) \
  OpRow{Op::name, spelling, aliases, folds, list_right, all, meaning},
#include "grammar/ast/operators.def"
#undef PICKET_OP
};

constexpr std::array is_kind_rows{
#define PICKET_IS_KIND(name, spelling, meaning) IsKindRow{IsKind::name, spelling, meaning},
#include "grammar/ast/is_kinds.def"
#undef PICKET_IS_KIND
};

constexpr std::array<std::string_view, 19> reserved{"all", "and",  "any",  "count", "else", "false", "first",
                                                    "if",  "in",   "is",   "map",   "none", "not",   "null",
                                                    "or",  "then", "true", "when",  "where"};

// What people write out of the habit of another language: SQL, Python, KQL, SPL, Sigma, EQL, C.
constexpr std::array<std::pair<std::string_view, std::string_view>, 43> meant_rows{{
    {"=", "eq"},
    {"===", "eq"},
    {"is_equal", "eq"},
    {"equals", "eq"},
    {"equal", "eq"},
    {"equal_to", "eq"},
    {"EQ", "eq"},
    {"Equals", "eq"},
    {"<>", "ne"},
    {"!==", "ne"},
    {"NE", "ne"},
    {"neq", "ne"},
    {"not_equals", "ne"},
    {"~=", "matches"},
    {"lte", "le"},
    {"gte", "ge"},
    {"=<", "le"},
    {"=>", "ge"},
    {"IN", "in"},
    {"one_of", "in"},
    {"within", "in"},
    {"has", "contains"},
    {"CONTAINS", "contains"},
    {"include", "contains"},
    {"includes", "contains"},
    {"icontains", "contains~"},
    {"starts", "starts_with"},
    {"begins_with", "starts_with"},
    {"startsWith", "starts_with"},
    {"StartsWith", "starts_with"},
    {"hasprefix", "starts_with"},
    {"ends", "ends_with"},
    {"endsWith", "ends_with"},
    {"EndsWith", "ends_with"},
    {"hassuffix", "ends_with"},
    {"LIKE", "like"},
    {"glob", "like"},
    {"ilike", "like~"},
    {"regex", "matches"},
    {"re", "matches"},
    {"regexp", "matches"},
    {"rlike", "matches"},
    {"MATCHES", "matches"},
}};

bool has_word(std::string_view words, std::string_view word) {
  while (!words.empty()) {
    const std::size_t blank = words.find(' ');
    if (words.substr(0, blank) == word) return true;
    words.remove_prefix(blank == std::string_view::npos ? words.size() : blank + 1);
  }
  return false;
}

}  // namespace

std::span<const OpRow> operators() { return op_rows; }

const OpRow& row_of(Op op) { return op_rows[static_cast<std::size_t>(op)]; }

std::optional<Op> op_from_spelling(std::string_view spelling) {
  const auto* row = std::ranges::find_if(op_rows, [&](const OpRow& candidate) {
    return candidate.spelling == spelling || has_word(candidate.aliases, spelling);
  });
  if (row == op_rows.end()) return std::nullopt;
  return row->op;
}

std::optional<Op> mirrored(Op op) {
  switch (op) {
    case Op::eq:
    case Op::ne:
      return op;
    case Op::lt:
      return Op::gt;
    case Op::le:
      return Op::ge;
    case Op::gt:
      return Op::lt;
    case Op::ge:
      return Op::le;
    case Op::in:
    case Op::in_cidr:
    case Op::contains:
    case Op::starts_with:
    case Op::ends_with:
    case Op::like:
    case Op::matches:
      return std::nullopt;
  }
  return std::nullopt;
}

std::optional<std::string_view> meant_operator(std::string_view written) {
  const auto* row = std::ranges::find(meant_rows, written, &std::pair<std::string_view, std::string_view>::first);
  if (row == meant_rows.end()) return std::nullopt;
  return row->second;
}

std::span<const IsKindRow> is_kinds() { return is_kind_rows; }

const IsKindRow& row_of(IsKind kind) { return is_kind_rows[static_cast<std::size_t>(kind)]; }

std::optional<IsKind> is_kind_from_spelling(std::string_view spelling) {
  const auto* row = std::ranges::find(is_kind_rows, spelling, &IsKindRow::spelling);
  if (row == is_kind_rows.end()) return std::nullopt;
  return row->kind;
}

std::span<const std::string_view> reserved_words() { return reserved; }

bool is_reserved(std::string_view word) { return std::ranges::binary_search(reserved, word); }

}  // namespace picket
