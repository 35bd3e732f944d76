// The filter language of the command line, which chooses rules by what stands in their metadata:
//
//     severity >= high and tag(aws) and technique(T1098) and not id(/Test/)
//
// Its parser. The door of grammar/filter. What names mean is none of its business.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "grammar/text/source.hpp"

namespace picket {

// Something is wrong with the text, in words: for who typed it, with the place in it.
struct FilterError {
  SourceSpan span;
  std::string message;  // a sentence without its full stop
};

enum class FilterOp : std::uint8_t { eq, ne, lt, le, gt, ge };

// `aws`, `"a b"`, `/Test/`, `/test/i`.
struct FilterValue {
  enum class Kind : std::uint8_t { word, text, regex };
  Kind kind = Kind::word;
  bool folded = false;  // a regex that ignores case
  std::string text;     // without quotes and slashes
  SourceSpan span;
};

// A name alone (`enabled`), with values (`tag(aws, okta)`), or compared with one (`severity >= high`).
struct FilterTerm {
  std::string name;
  SourceSpan name_span;
  std::optional<FilterOp> op;  // then there is one value
  std::vector<FilterValue> values;
};

struct FilterExpr;
// `a and b and c`, `a or b`: two operands or more.
struct FilterGroup {
  bool any = false;
  std::vector<FilterExpr> operands;
};
struct FilterNot {
  std::vector<FilterExpr> operand;  // one
};
struct FilterExpr {
  std::variant<FilterTerm, FilterGroup, FilterNot> node;
};

inline constexpr std::size_t most_filter_bytes = 4096;
inline constexpr std::size_t most_filter_nesting = 64;  // parentheses within one another

// Never throws. As in conditions, `and` and `or` do not mix without parentheses.
[[nodiscard]] std::variant<FilterExpr, FilterError> parse_filter(std::string_view text);

}  // namespace picket
