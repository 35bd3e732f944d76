// What became of a comparison, for people.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "engine/analyse/parts.hpp"
#include "engine/ruletest/explain.hpp"
#include "tools/terminal/console.hpp"

namespace picket {

// How it stands among others.
struct ComparisonPlace {
  std::size_t number_columns = 1;  // that line numbers take
  std::size_t depth = 0;
  std::string_view state = {};  // instead of the state's own word, if it has another
  std::string_view lead = {};   // before the text: "-> "
};

// What stands before the text of a part: "or ", "-> ", "each "; nothing before a comparison's.
[[nodiscard]] std::string_view lead_of(PartKind kind);

// Columns before the text of a comparison of depth 0.
[[nodiscard]] std::size_t comparison_indent(std::size_t number_columns);

// Its state, its line in the file, its text, and below it what it saw.
[[nodiscard]] std::string comparison_lines(const ComparisonReport& comparison, const ComparisonPlace& place,
                                           Palette paint, std::size_t columns);

}  // namespace picket
