#include "engine/analyse/lints/lint.hpp"

#include <algorithm>

namespace picket {

void lint(const LintInput& input, Diagnostics& diagnostics) {
#define PICKET_LINT(name) lint_##name(input, diagnostics);
#include "engine/analyse/lints/lints.def"
#undef PICKET_LINT
}

bool is_literal(const Expr& expr) {
  return match(
      expr.node, [](const NullLiteral&) { return true; }, [](const BoolLiteral&) { return true; },
      [](const NumberLiteral&) { return true; }, [](const DurationLiteral&) { return true; },
      [](const StringLiteral&) { return true; }, [](const NegateExpr& e) { return is_literal(*e.operand); },
      [](const ListExpr& e) {
        return std::ranges::all_of(e.items,
                                   [](const ListExpr::Item& item) { return !item.spread && is_literal(item.value); });
      },
      [](const auto&) { return false; });
}

std::string path_text(const std::vector<PathStep>& path) {
  std::string text = "`";
  for (const PathStep& step : path) {
    if (const auto* key = std::get_if<std::string>(&step)) {
      if (text.size() > 1) text += '.';
      text += *key;
    } else {
      text += '[' + std::to_string(std::get<std::int64_t>(step)) + ']';
    }
  }
  return text + "`";
}

}  // namespace picket
