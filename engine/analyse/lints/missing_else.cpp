// missing-else: a `when` in DynamicSeverity that fits nothing gives null, and so the static Severity, without saying
// so.
#include "engine/analyse/lints/lint.hpp"

namespace picket {

namespace {

void look(const Expr& expr, const LintInput& input, Diagnostics& diagnostics) {
  match(
      expr.node,
      [&](const WhenExpr& e) {
        if (!e.otherwise) {
          diagnostics.add(Code::missing_else, input.source, expr.span, "this `when` has no `else`").help =
              "add `else -> \"DEFAULT\"`, which is the rule's Severity";
        }
        for (const WhenExpr::Arm& arm : e.arms) look(*arm.value, input, diagnostics);
        if (e.otherwise) look(**e.otherwise, input, diagnostics);
      },
      [&](const IfExpr& e) {
        look(*e.then, input, diagnostics);
        look(*e.otherwise, input, diagnostics);
      },
      [&](const LetExpr& e) { look(*e.body, input, diagnostics); }, [](const auto&) {});
}

}  // namespace

void lint_missing_else(const LintInput& input, Diagnostics& diagnostics) {
  if (input.rule == nullptr || !input.rule->dynamic_severity) return;
  look(*input.rule->dynamic_severity, input, diagnostics);
}

}  // namespace picket
