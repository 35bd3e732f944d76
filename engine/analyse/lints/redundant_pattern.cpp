// redundant-pattern: an entry of a list that another covers changes nothing, and hides which one was meant.
#include "engine/analyse/lints/lint.hpp"
#include "engine/pattern/pattern.hpp"
#include "grammar/ast/walk.hpp"

namespace picket {

namespace {

// Whether the wide pattern fits the text of the narrow one, whose stars then lie within stars of the wide one.
bool glob_covers(const std::string& wide, const std::string& narrow) {
  constexpr const char* special = "?[]\\";
  if (wide.find_first_of(special) != std::string::npos || narrow.find_first_of("[]\\") != std::string::npos)
    return false;
  const auto glob = Glob::compile(wide, false);
  return std::holds_alternative<Glob>(glob) && std::get<Glob>(glob).fits(narrow);
}

// Whether whatever fits `narrow` fits `wide`.
bool covers(Op op, const std::string& wide, const std::string& narrow) {
  switch (op) {
    case Op::starts_with:
      return narrow.starts_with(wide);
    case Op::ends_with:
      return narrow.ends_with(wide);
    case Op::contains:
      return narrow.find(wide) != std::string::npos;
    case Op::like:
      return narrow == wide || glob_covers(wide, narrow);
    case Op::in:
    case Op::matches:
    case Op::in_cidr:
      return narrow == wide;
    case Op::eq:
    case Op::ne:
    case Op::lt:
    case Op::le:
    case Op::gt:
    case Op::ge:
      return false;
  }
  return false;
}

const std::string* string_of(const ListExpr::Item& item) {
  const auto* literal = item.spread ? nullptr : std::get_if<StringLiteral>(&item.value.node);
  return literal != nullptr ? &literal->value : nullptr;
}

// The first other entry that covers entry `index`; of equal entries the first covers the others.
const ListExpr::Item* cover_of(Op op, const ListExpr& list, std::size_t index) {
  const std::string* narrow = string_of(list.items[index]);
  if (narrow == nullptr) return nullptr;
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    const std::string* wide = string_of(list.items[i]);
    if (i == index || wide == nullptr || (*wide == *narrow && i > index)) continue;
    if (covers(op, *wide, *narrow)) return &list.items[i];
  }
  return nullptr;
}

}  // namespace

void lint_redundant_pattern(const LintInput& input, Diagnostics& diagnostics) {
  const auto visit = [&](const Expr& expr) {
    const auto* compare = std::get_if<CompareExpr>(&expr.node);
    if (compare == nullptr || compare->clause.all) return;
    const auto* list = std::get_if<ListExpr>(&compare->clause.right->node);
    // The search is quadratic; so long a list is generated, not written.
    constexpr std::size_t longest = 2'000;
    if (list == nullptr || list->items.size() > longest) return;
    // A list on the left of `contains` has elements, not substrings, and a field may be one: only equal entries are
    // surely one.
    const Op op = compare->clause.op == Op::contains ? Op::in : compare->clause.op;
    for (std::size_t i = 0; i < list->items.size(); ++i) {
      const ListExpr::Item* other = cover_of(op, *list, i);
      if (other == nullptr) continue;
      Diagnostic& diagnostic =
          diagnostics.add(Code::redundant_pattern, input.source, list->items[i].value.span,
                          "`" + *string_of(*other) + "` covers `" + *string_of(list->items[i]) + "` already");
      diagnostic.related.push_back({.source = input.source, .span = other->value.span, .message = "covered by this"});
    }
  };
  for (const Expr* text : input.texts) walk(*text, visit);
}

}  // namespace picket
