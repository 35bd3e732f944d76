// The condition of a Sigma rule, which joins its selections (Sigma specification 2.1, "Condition"):
//
//     selection and not 1 of filter_*
//
// Its parser, and the one of filters. The door of grammar/sigma. Whether the selections exist is none of its business.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "grammar/text/source.hpp"

namespace picket::sigma {

// Something is wrong with the text, in words; the span is in the text.
struct ConditionError {
  SourceSpan span;
  std::string message;  // a sentence without its full stop
  std::string help;
  std::optional<std::string> replacement;  // what can stand in the span instead
  bool aggregation = false;                // it is an aggregation of older rules: `| count() > 5`
};

// A selection by its name.
struct Named {
  std::string name;
  SourceSpan span;
};

// `1 of pattern`, `all of them`. `any` is another word for 1.
struct Quantified {
  bool all = false;
  std::string pattern;  // with `*` for any run of characters; empty for `them`
  SourceSpan span;      // from the quantifier to the pattern
  SourceSpan pattern_span;
};

struct Condition;
// Two operands or more.
struct Joined {
  bool any = false;  // by `or`
  std::vector<Condition> operands;
};
struct Negated {
  std::vector<Condition> operand;  // one
};
struct Condition {
  std::variant<Named, Quantified, Joined, Negated> node;
};

inline constexpr std::size_t most_condition_bytes = 64 * 1024;
inline constexpr std::size_t most_condition_nesting = 64;  // parentheses and `not` within one another

// Never throws. `not` binds more tightly than `and`, which binds more tightly than `or`; words are lower case.
[[nodiscard]] std::variant<Condition, ConditionError> parse_condition(std::string_view text);

// Whether a name fits a pattern, in which `*` stands for any run of characters. Case counts.
[[nodiscard]] bool fits_pattern(std::string_view name, std::string_view pattern);

}  // namespace picket::sigma
