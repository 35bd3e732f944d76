// A rule as a file of our own: what `picket import` prints.
#pragma once

#include <string>

#include "engine/frontend/rule.hpp"

namespace picket::sigma {

// The whole file, which loads as an equal rule. `log_type`: of a rule that names none; empty: it then names none, and
// does not load until somebody adds one. Expressions that are too long for a line go over several.
[[nodiscard]] std::string native_text(const Rule& rule, const std::string& log_type);

// The condition's lines, and the definitions of `Let`, as that file has them, without indentation and each with a line
// end: expressions that are too long for a line go over several.
[[nodiscard]] std::string condition_text(const Rule& rule);
[[nodiscard]] std::string definitions_text(const Rule& rule);

}  // namespace picket::sigma
