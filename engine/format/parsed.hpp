// A text of any form, parsed, for comparing. Internal to engine/format.
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "grammar/ast/expr.hpp"
#include "grammar/condition/parse.hpp"
#include "grammar/condition/parse_tree.hpp"

namespace picket::format {

using Parsed = std::variant<std::monostate, Block, std::vector<Definition>, Expr>;

// std::monostate, and an error, if the text is not well formed.
[[nodiscard]] inline Parsed parse(const SourceText& text, syntax::TextForm form, Diagnostics& diagnostics) {
  const auto wrap = [](auto parsed) { return parsed ? Parsed(*std::move(parsed)) : Parsed(); };
  switch (form) {
    case syntax::TextForm::condition:
      return wrap(parse_condition(text, diagnostics));
    case syntax::TextForm::definitions:
      return wrap(parse_definitions(text, diagnostics));
    case syntax::TextForm::expression:
      return wrap(parse_expression(text, diagnostics));
    case syntax::TextForm::text_template:
      return wrap(parse_template(text, diagnostics));
    case syntax::TextForm::entries:
      return wrap(parse_entries(text, diagnostics));
  }
  return {};
}

}  // namespace picket::format
