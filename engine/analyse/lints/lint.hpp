// Lints: advice on rules that mean something, but perhaps not what their author meant. A lint is one file here and one
// row in lints.def; its page, tools/explain/<code>.md, says what it asks, why, and what to write instead.
#pragma once

#include <set>
#include <span>
#include <string>
#include <vector>

#include "engine/analyse/fields.hpp"
#include "engine/analyse/lowering.hpp"
#include "engine/frontend/rule.hpp"
#include "grammar/ast/expr.hpp"
#include "grammar/text/diagnostic.hpp"

namespace picket {

class AttackTable;

// What a lint may look at: the texts of one rule or library.
struct LintInput {
  SourcePtr source;
  const Rule* rule = nullptr;                            // null for a library
  std::vector<const Expr*> texts;                        // every expression at the top of a text or definition
  const std::vector<Definition>* definitions = nullptr;  // `Let`
  const FieldCatalog* fields = nullptr;                  // null for a library, whose log type nobody knows
  std::span<const FieldUse> field_uses;
  const std::set<std::string, std::less<>>* used_definitions = nullptr;
  const AttackTable* attack = nullptr;  // null for a library, which claims nothing
};

#define PICKET_LINT(name) void lint_##name(const LintInput& input, Diagnostics& diagnostics);
#include "engine/analyse/lints/lints.def"
#undef PICKET_LINT

// All of them, in the table's order.
void lint(const LintInput& input, Diagnostics& diagnostics);

// Holds what a rule of any kind says of ATT&CK against the table: what the lint unknown_technique does.
void lint_attack_claims(const RuleMetadata& about, const AttackTable& table, Diagnostics& diagnostics);

// Whether an expression is a literal: a number, string, bool, null, duration, or a list of them.
[[nodiscard]] bool is_literal(const Expr& expr);

// "`a.b`": a path as messages name it.
[[nodiscard]] std::string path_text(const std::vector<PathStep>& path);

}  // namespace picket
