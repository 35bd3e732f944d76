// Mutants: what a rule's condition would be with one small mistake in it. A test suite is as good as the mistakes that
// it would notice (mutation testing; DeMillo, Lipton and Sayward 1978).
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/frontend/rule.hpp"
#include "engine/mutation/mistake.hpp"
#include "grammar/ast/expr.hpp"

namespace picket {

struct Mutant {
  Mistake mistake{};
  // The smallest part that the mistake changes, in the rule's file, and what would stand there; empty: nothing would.
  SourceSpan span;
  std::string replacement;
  SourceSpan focus;  // what the mistake is about, within the span: the operand that is left out
  // The rule's texts with the mistake in them.
  Block condition;
  std::vector<Definition> definitions;
};

struct Mutants {
  std::vector<Mutant> list;
  std::size_t left_out = 0;  // of a rule so large that not all were made
};

// Every mutant of the condition and of those of the rule's own definitions that it asks for, directly or not; in the
// order of the text, the same mistakes first at each place. Libraries are not mutated. Each is a copy of the rule's
// texts: if all of them together had more than `most_nodes` nodes, only so many are made, evenly spread over the text.
[[nodiscard]] Mutants mutants_of(const Rule& rule, std::size_t most_nodes = 2'000'000);

}  // namespace picket
