// Making an item.
#pragma once

#include <memory>
#include <utility>

#include "grammar/ast/expr.hpp"

namespace picket {

// What an author wrote as one thing at the span, in another form than the language's.
[[nodiscard]] inline Expr item_of(Expr meaning, WrittenItem written, SourceSpan span) {
  meaning.span = span;
  meaning.item = std::make_shared<const WrittenItem>(std::move(written));
  return meaning;
}

}  // namespace picket
