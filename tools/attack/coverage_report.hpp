// AttackCoverage as people and machines read it. Each function is pure: text out, nothing printed.
#pragma once

#include <cstddef>
#include <string>

#include "engine/catalog/attack_coverage.hpp"
#include "tools/terminal/console.hpp"

namespace picket {

// Totals, then what is covered (with `all`, everything): as a matrix with tactics as columns where `columns` have room
// for three of them, else tactic by tactic. No line is longer than `columns`, if those are at least 60.
[[nodiscard]] std::string human_coverage(const AttackCoverage& coverage, bool all, Palette paint, std::size_t columns);

// One object, as tools/README.md documents it, with a line end.
[[nodiscard]] std::string json_coverage(const AttackCoverage& coverage, bool all);

// A page with a table of totals and one for each tactic.
[[nodiscard]] std::string markdown_coverage(const AttackCoverage& coverage, bool all);

}  // namespace picket
