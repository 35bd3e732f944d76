// What changed between two versions of a text in the detection language: trees are compared, not spelling.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "grammar/ast/expr.hpp"
#include "grammar/text/source.hpp"

namespace picket {

enum class ChangeKind : std::uint8_t { added, removed, changed };

// "added", "removed", "changed".
[[nodiscard]] std::string_view spelling(ChangeKind kind);

// A line, an operand, a definition, an entry or a value of a list that is not as it was.
struct PartChange {
  ChangeKind kind{};
  std::vector<std::string> within;  // what it stands in, outermost first: "any", "not", a definition's name
  std::string before;               // as the language prints it; empty if it is new
  std::string after;                // likewise; empty if it is gone
  std::uint32_t line_before = 0;    // in the files, from 1; 0 if there is none
  std::uint32_t line_after = 0;

  // Of a list of constants that gained or lost some: these are the whole difference, and `subject` says whose they are:
  // "eventName in", "aws.trusted_accounts".
  std::string subject;
  std::vector<std::string> values_added;
  std::vector<std::string> values_removed;
};

// The files in which the two versions stand.
struct BothSources {
  const Source& before;
  const Source& after;
};

// In the order of the new text, what is gone behind what is left. Empty if nothing but spelling, order of operands,
// nesting of `and` and `or`, or comments differ.
[[nodiscard]] std::vector<PartChange> difference_of(const Block& before, const Block& after,
                                                    const BothSources& sources);
// Definitions are matched by name.
[[nodiscard]] std::vector<PartChange> difference_of(const std::vector<Definition>& before,
                                                    const std::vector<Definition>& after, const BothSources& sources);
// Entries of objects are matched by key. REQUIRES: both are ObjectExprs.
[[nodiscard]] std::vector<PartChange> difference_of_entries(const Expr& before, const Expr& after,
                                                            const BothSources& sources);
// Of a single expression: nothing, one change of it whole, or those of its operands.
[[nodiscard]] std::vector<PartChange> difference_of(const Expr& before, const Expr& after, const BothSources& sources);

}  // namespace picket
