// The tables of grammar/LANGUAGE.md that are not written by hand: operators, kinds, functions and codes, each from the
// one table in the code. They stand between `<!-- NAME begin -->` and `<!-- NAME end -->`.
#pragma once

#include <string>
#include <string_view>

namespace picket::tests {

// Returns the document with every generated part written anew. A marker that is missing leaves its part out.
[[nodiscard]] std::string with_language_tables(std::string_view document);

}  // namespace picket::tests
