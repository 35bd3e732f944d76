// single-item-list: `in` a list of one is `eq`, which reads better.
#include "engine/analyse/lints/lint.hpp"
#include "grammar/ast/print.hpp"
#include "grammar/ast/walk.hpp"

namespace picket {

void lint_single_item_list(const LintInput& input, Diagnostics& diagnostics) {
  const auto visit = [&](const Expr& expr) {
    const auto* compare = std::get_if<CompareExpr>(&expr.node);
    if (compare == nullptr || compare->clause.op != Op::in) return;
    const auto* list = std::get_if<ListExpr>(&compare->clause.right->node);
    if (list == nullptr || list->items.size() != 1 || list->items.front().spread) return;
    const std::string meant = std::string(compare->clause.negated ? "ne" : "eq") +
                              (compare->clause.folded ? "~ " : " ") + print(list->items.front().value);
    Diagnostic& diagnostic = diagnostics.add(Code::single_item_list, input.source, compare->clause.right->span,
                                             "the list has one item, so `in` is `eq`");
    diagnostic.fixes.push_back({.title = "write `" + meant + "`",
                                .span = cover(compare->clause.op_span, compare->clause.right->span),
                                .replacement = meant,
                                .certain = true});
  };
  for (const Expr* text : input.texts) walk(*text, visit);
}

}  // namespace picket
