#include "engine/sigma/expressions.hpp"

#include <algorithm>
#include <utility>

#include "engine/event/json.hpp"
#include "grammar/ast/written_item.hpp"
#include "grammar/text/ascii.hpp"

namespace picket::sigma {

Expr text_of(std::string_view text, SourceSpan span) { return {StringLiteral{std::string(text)}, span}; }

Expr literal_of(const Value& value, SourceSpan span) {
  if (const std::string* text = value.string()) return text_of(*text, span);
  if (const bool* boolean = value.boolean()) return {BoolLiteral{*boolean}, span};
  if (value.kind() != Kind::number) return {NullLiteral{}, span};
  std::string digits = to_json(value);
  if (!digits.starts_with('-')) return {NumberLiteral{std::move(digits)}, span};
  return {NegateExpr{Expr{NumberLiteral{digits.substr(1)}, span}}, span};
}

Expr list_of(std::vector<Expr> items, SourceSpan span) {
  if (items.size() == 1) return std::move(items.front());
  ListExpr list;
  for (Expr& item : items) list.items.push_back({.spread = false, .value = std::move(item)});
  return {std::move(list), span};
}

Expr call(std::string_view function, std::vector<Expr> arguments, SourceSpan span) {
  return {CallExpr{.name = std::string(function), .name_span = span, .arguments = std::move(arguments)}, span};
}

Expr element(SourceSpan span) { return {ElementExpr{}, span}; }

Expr compare(Expr left, Op op, bool folded, Expr right, SourceSpan span) {
  CompareClause clause{
      .op = op, .negated = false, .folded = folded, .all = false, .op_span = span, .right = std::move(right)};
  return {CompareExpr{.left = std::move(left), .clause = std::move(clause)}, span};
}

Expr is(Expr left, std::string_view kind, SourceSpan span) {
  IsClause clause{.negated = false, .predicate = std::string(kind), .predicate_span = span};
  return {IsExpr{.left = std::move(left), .clause = std::move(clause)}, span};
}

Expr negation(Expr operand, SourceSpan span) { return {NotExpr{std::move(operand)}, span}; }

Expr joined(Connective connective, std::vector<Expr> operands, SourceSpan span) {
  if (operands.size() == 1) return std::move(operands.front());
  return {LogicExpr{.connective = connective, .operands = std::move(operands)}, span};
}

Expr group(GroupKind kind, std::vector<Expr> lines, SourceSpan span) {
  if (lines.size() == 1) return std::move(lines.front());
  return {GroupExpr{.kind = kind, .block = {.definitions = {}, .lines = std::move(lines), .span = span}}, span};
}

Expr any_of(Expr list, std::vector<Expr> lines, SourceSpan span) {
  BinderExpr binder{.kind = BinderKind::any,
                    .variables = {},
                    .variable_spans = {},
                    .list = std::move(list),
                    .body = {.definitions = {}, .lines = std::move(lines), .span = span}};
  return {std::move(binder), span};
}

Expr item(Expr meaning, WrittenItem written, SourceSpan span) {
  written.lenient = true;
  return item_of(std::move(meaning), std::move(written), span);
}

bool is_free_name(std::string_view text) { return is_identifier(text) && !is_reserved(text); }

namespace {

// Names that mean something else where they stand alone: what is predefined, and words in capitals, which are
// definitions.
bool has_a_meaning(std::string_view name) {
  const bool small = std::any_of(name.begin(), name.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  return !small || name == "udm" || name == "now" || name == "previous";
}

}  // namespace

Expr field(const std::vector<std::string>& path, const std::set<std::string>& taken, SourceSpan span) {
  const std::string& first = path.front();
  const bool alone = is_free_name(first) && !taken.contains(first) && !has_a_meaning(first);
  Expr expr = alone ? Expr{NameExpr{first}, span} : Expr{EventExpr{}, span};
  for (std::size_t i = alone ? 1 : 0; i < path.size(); ++i) {
    if (is_free_name(path[i])) {
      expr = Expr{MemberExpr{.base = std::move(expr), .name = path[i], .name_span = span}, span};
    } else {
      expr = Expr{IndexExpr{.base = std::move(expr), .index = text_of(path[i], span)}, span};
    }
  }
  return expr;
}

}  // namespace picket::sigma
