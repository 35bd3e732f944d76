// What the parser carries along: whether a newline is a blank here, how deep it is, which brackets are open, and the
// parse tree as far as it is.
#pragma once

#include <cstddef>
#include <vector>

#include "grammar/condition/node.hpp"

namespace picket::syntax {

struct Mode {
  // Inside `( )` and `[ ]` newlines are blanks; at the top level and inside `{ }` they separate.
  bool newlines_are_blanks = false;
  std::size_t depth = 0;
  std::size_t most_depth = 0;
  // Offsets of the brackets, quotes and braces that are open, outermost first.
  std::vector<std::size_t> open;
  // The operator or separator last read, for "lacks a value".
  std::size_t operator_begin = 0;
  std::size_t operator_end = 0;
  // The nodes that are whole and not yet within another, in the order of the text.
  std::vector<ParseNode> nodes;
};

}  // namespace picket::syntax
