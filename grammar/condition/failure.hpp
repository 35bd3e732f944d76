// Syntax errors in our own words. Every grammar rule that can fail for good has an Expected; what was found at the
// place of the failure then decides the code, the message and the cure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/condition/mode.hpp"
#include "grammar/text/diagnostic.hpp"

namespace picket::syntax {

// What the grammar wanted where it could not go on.
enum class Expected : std::uint8_t {
  value,          // a value after an operator, a keyword or an opening bracket
  hole_value,     // the value in a hole of a template
  condition_end,  // the end of a line of a condition
  entry_end,      // the end of an entry of an object
  close_round,
  close_square,
  close_brace,
  close_hole,
  close_quote,
  close_raw_quote,
  escape,
  then_word,
  else_word,
  arrow,
  arms,
  binder_block,
  predicate,
  member_name,
  definition,
  end_of_text,        // where a further line could begin
  end_of_expression,  // after the one expression of a text
  end_of_template,
  no_other_connective,
  no_other_comparison,
};

// A fault in a text, in offsets of the decoded text. Thrown inside grammar/condition only.
struct SyntaxError {
  Code code{};
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string message;
  std::string help;
  struct Replacement {
    std::string title;
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string text;
    bool certain = false;
  };
  std::vector<Replacement> fixes;
  std::size_t opened_at = no_offset;  // the bracket that the fault belongs to
  static constexpr std::size_t no_offset = static_cast<std::size_t>(-1);
};

// Describes the failure to find `expected` at `offset`.
[[nodiscard]] SyntaxError describe(Expected expected, std::string_view text, std::size_t offset, const Mode& mode);

// Nesting beyond the bound.
[[nodiscard]] SyntaxError too_deep(std::size_t offset, std::size_t most);

}  // namespace picket::syntax
