// plain-regex: a regex without anything special in it is a `contains`, which reads better and runs faster.
#include "engine/analyse/lints/lint.hpp"
#include "grammar/ast/walk.hpp"

#include <algorithm>

namespace picket {

namespace {

bool is_plain(const Expr& pattern) {
  if (const auto* literal = std::get_if<StringLiteral>(&pattern.node)) {
    return !literal->value.empty() && literal->value.find_first_of("\\^$.|?*+()[]{}") == std::string::npos;
  }
  const auto* list = std::get_if<ListExpr>(&pattern.node);
  if (list == nullptr || list->items.empty()) return false;
  return std::ranges::all_of(list->items, [](const ListExpr::Item& item) {
    return !item.spread && !std::holds_alternative<ListExpr>(item.value.node) && is_plain(item.value);
  });
}

}  // namespace

void lint_plain_regex(const LintInput& input, Diagnostics& diagnostics) {
  const auto visit = [&](const Expr& expr) {
    const auto* compare = std::get_if<CompareExpr>(&expr.node);
    if (compare == nullptr || compare->clause.op != Op::matches || !is_plain(*compare->clause.right)) return;
    const std::string meant = std::string(compare->clause.negated ? "not " : "") + "contains" +
                              (compare->clause.folded ? "~" : "") + (compare->clause.all ? " all" : "");
    Diagnostic& diagnostic = diagnostics.add(Code::plain_regex, input.source, compare->clause.right->span,
                                             "the regex has nothing special in it, so `matches` is `contains`");
    diagnostic.fixes.push_back(
        {.title = "write `" + meant + "`", .span = compare->clause.op_span, .replacement = meant});
  };
  for (const Expr* text : input.texts) walk(*text, visit);
}

}  // namespace picket
