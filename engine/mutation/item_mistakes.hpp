// Mistakes in rules whose authors wrote them in another form than the language's (WrittenItem): made in what they
// wrote, and shown in their words. Internal to engine/mutation.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/frontend/rule.hpp"
#include "engine/mutation/mutants.hpp"
#include "grammar/ast/expr.hpp"

namespace picket {

// Whether any of the rule's texts has items.
[[nodiscard]] bool holds_items(const Rule& rule);
// Whether a mistake can be made in it, or by leaving it out: in an author's own words, or in an item of the condition.
[[nodiscard]] bool can_be_mistaken(const Expr& expr);

[[nodiscard]] Mistake mistake_of(WrittenItem::Slip::Kind kind);

// Whether it is something that its author wrote, as against what a front end made of it: an item, or a group of such.
[[nodiscard]] bool is_written(const Expr& expr);

// An item without the value that stands at the place; nothing if nothing is left.
[[nodiscard]] std::optional<Expr> without_value(const Expr& item, SourceSpan value);

// Items and names as they stand in the source, joined by words that any author knows.
[[nodiscard]] std::string text_as_written(const Expr& expr, const SourcePtr& source);

// Where a front end reads events in several ways, a mistake of the author is in each of them: those at one place as
// one.
[[nodiscard]] std::vector<Mutant> join_readings(const Rule& rule, std::vector<Mutant> mutants);

}  // namespace picket
