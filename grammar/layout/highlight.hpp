// What the parts of a text in the detection language are, for whoever shows it in colours.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "grammar/condition/parse_tree.hpp"
#include "grammar/text/source.hpp"

namespace picket {

enum class TokenKind : std::uint8_t {
  comment,
  keyword,   // `and`, `any`, `true`, what follows `is`
  op,        // an operator, its `~` and its `all`
  name,      // a field, a definition, a variable; a whole path of names, `aws.success`
  function,  // the name of what is called, whole
  defined,   // a name where it is defined
  string,
  number,
};

struct HighlightedToken {
  TokenKind kind{};
  SourceSpan span;  // bytes of the text
};

// Those parts in the order of the text, none within another; what is between them are signs and white space. Of a text
// that is not well formed its comments, words and nothing else.
[[nodiscard]] std::vector<HighlightedToken> highlight(std::string_view text, syntax::TextForm form);

}  // namespace picket
