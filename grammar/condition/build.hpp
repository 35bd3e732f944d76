// From the parse tree of a text to the syntax tree. Internal to grammar/condition.
#pragma once

#include <vector>

#include "grammar/ast/expr.hpp"
#include "grammar/condition/failure.hpp"
#include "grammar/condition/node.hpp"
#include "grammar/text/source.hpp"

namespace picket::syntax {

// Turns parse nodes into tree nodes with places in the author's file. Throws SyntaxError for what the grammar lets
// pass: malformed numbers and durations, misplaced `~` and `all`, nesting beyond the bound.
class Builder {
 public:
  Builder(const SourceText& text, std::size_t most_depth) : text_(text), most_depth_(most_depth) {}

  [[nodiscard]] Block block(const ParseNode& node);
  [[nodiscard]] std::vector<Definition> definitions(const ParseNode& node);
  [[nodiscard]] Expr expr(const ParseNode& node);
  [[nodiscard]] Expr template_of(const ParseNode& node);
  [[nodiscard]] ObjectExpr entries(const ParseNode& node);

 private:
  class Level;

  Expr make(Node node, const ParseNode& from) const { return {.node = std::move(node), .span = span(from)}; }
  Expr number_of(const ParseNode& node) const;
  Expr element_of(const ParseNode& node) const;
  Expr call_of(const ParseNode& node);
  // The first `count` parts of a chain such as `a.b[0]` or `a + b - c`, which nests to the left.
  Expr postfix_of(const ParseNode& node, std::size_t count);
  Expr binary_of(const ParseNode& node, std::size_t count);
  Expr suffixed(Expr base, const ParseNode& suffix);
  Expr compare_of(const ParseNode& node);
  CompareClause compare_clause_of(const ParseNode& node);
  IsClause is_clause_of(const ParseNode& node) const;
  Expr logic_of(const ParseNode& node);
  Expr paren_of(const ParseNode& node);
  Expr list_of(const ParseNode& node);
  Expr when_of(const ParseNode& node, bool has_subject);
  WhenExpr::Arm arm_of(const ParseNode& node);
  Expr group_of(const ParseNode& node);
  Expr binder_of(const ParseNode& node);
  ObjectExpr::Entry entry_of(const ParseNode& node);
  std::string key_of(const ParseNode& node) const;
  std::string shorthand_key(const ParseNode& node, const Expr& path) const;
  Definition definition_of(const ParseNode& node);
  std::vector<Parameter> parameters_of(const ParseNode& node);

  [[nodiscard]] std::size_t begin_of(const ParseNode& node) const;
  [[nodiscard]] std::size_t end_of(const ParseNode& node) const;
  [[nodiscard]] SourceSpan span(const ParseNode& node) const { return text_.span(begin_of(node), end_of(node)); }

  const SourceText& text_;
  std::size_t most_depth_;
  std::size_t depth_ = 0;
};

}  // namespace picket::syntax
