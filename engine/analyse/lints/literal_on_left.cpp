// literal-on-left: a comparison reads as a sentence about the event, so the event's side stands left.
#include <optional>

#include "engine/analyse/lints/lint.hpp"
#include "grammar/ast/print.hpp"
#include "grammar/ast/walk.hpp"

namespace picket {

void lint_literal_on_left(const LintInput& input, Diagnostics& diagnostics) {
  const auto visit = [&](const Expr& expr) {
    const auto* compare = std::get_if<CompareExpr>(&expr.node);
    // `"admin" in roles` is how membership reads, an address in a network too; two literals are constant-condition's.
    if (compare == nullptr || compare->clause.op == Op::in || compare->clause.op == Op::in_cidr ||
        !is_literal(*compare->left))
      return;
    if (is_literal(*compare->clause.right)) return;
    Diagnostic& diagnostic = diagnostics.add(Code::literal_on_left, input.source, compare->left->span,
                                             "a literal stands left of the comparison");
    const auto op = mirrored(compare->clause.op);
    if (!op) return;
    const std::string meant = print(*compare->clause.right) + (compare->clause.negated ? " not " : " ") +
                              std::string(row_of(*op).spelling) + (compare->clause.folded ? "~ " : " ") +
                              print(*compare->left);
    diagnostic.fixes.push_back({.title = "write `" + meant + "`", .span = expr.span, .replacement = meant});
  };
  for (const Expr* text : input.texts) walk(*text, visit);
}

}  // namespace picket
