// What the author of a detection item could have written by mistake instead: another modifier.
#pragma once

#include <functional>
#include <vector>

#include "engine/sigma/modifiers.hpp"
#include "grammar/ast/expr.hpp"
#include "grammar/text/source.hpp"

namespace picket::sigma {

// Null if there is none that is known.
[[nodiscard]] std::function<std::vector<WrittenItem::Slip>(const Expr& item)> slips_of(const ItemKey& key,
                                                                                       const SourcePtr& source);

}  // namespace picket::sigma
