#include "engine/sigma/field_places.hpp"

#include <cstddef>
#include <utility>

#include "engine/sigma/expressions.hpp"
#include "grammar/condition/parse.hpp"

namespace picket::sigma {
namespace {

std::vector<std::string> split(const std::string& name) {
  std::vector<std::string> path;
  std::size_t begin = 0;
  for (std::size_t end = name.find('.'); end != std::string::npos; end = name.find('.', begin)) {
    path.push_back(name.substr(begin, end - begin));
    begin = end + 1;
  }
  path.push_back(name.substr(begin));
  return path;
}

Expr step(Expr base, const std::string& name, SourceSpan span) {
  if (is_free_name(name)) return {MemberExpr{.base = std::move(base), .name = name, .name_span = span}, span};
  return {IndexExpr{.base = std::move(base), .index = text_of(name, span)}, span};
}

// `a.b.c` as `a[*].b[*].c`, for where `a` or `a.b` is a list.
Place through_lists(const std::vector<std::string>& path, const std::set<std::string>& taken, SourceSpan span) {
  Expr plain = field({path.front()}, taken, span);
  Expr each = plain;
  std::vector<Expr> lists;
  for (std::size_t i = 1; i < path.size(); ++i) {
    lists.push_back(is(plain, "list", span));
    plain = step(std::move(plain), path[i], span);
    each = step(Expr{EachExpr{.base = std::move(each), .deep = false}, span}, path[i], span);
  }
  return {.path = std::move(each),
          .of_elements = true,
          .computed = false,
          .when = joined(Connective::disjunction, std::move(lists), span)};
}

// Of a member, an index or an element: what it is one of; else null.
const Expr* base_of(const Expr& expr) {
  if (const auto* member = std::get_if<MemberExpr>(&expr.node)) return &*member->base;
  if (const auto* index = std::get_if<IndexExpr>(&expr.node)) return &*index->base;
  if (const auto* each = std::get_if<EachExpr>(&expr.node)) return &*each->base;
  return nullptr;
}

// Whether the expression says where in the event a value stands.
bool is_path(const Expr& expr) {
  if (const auto* at = std::get_if<IndexExpr>(&expr.node)) {
    const Expr& index = *at->index;
    if (!std::holds_alternative<NumberLiteral>(index.node) && !std::holds_alternative<StringLiteral>(index.node))
      return false;
  }
  if (const Expr* base = base_of(expr)) return is_path(*base);
  return std::holds_alternative<NameExpr>(expr.node) || std::holds_alternative<EventExpr>(expr.node);
}

bool gives_elements(const Expr& expr) {
  if (const auto* binder = std::get_if<BinderExpr>(&expr.node))
    return binder->kind == BinderKind::map || binder->kind == BinderKind::where;
  if (std::holds_alternative<EachExpr>(expr.node)) return true;
  const Expr* base = base_of(expr);
  return base != nullptr && gives_elements(*base);
}

}  // namespace

std::vector<Place> FieldPlaces::of(const std::string& name, SourceSpan span) const {
  if (const auto renamed = renamed_.find(name); renamed != renamed_.end()) {
    std::vector<Place> places;
    for (const std::string& path : renamed->second) {
      Diagnostics none;  // the log source has been checked
      auto expr = parse_expression(SourceText::placed_at(source_, path, span), none, {});
      if (!expr) continue;
      const bool of_elements = gives_elements(*expr);
      const bool computed = !is_path(*expr);
      places.push_back({.path = *std::move(expr), .of_elements = of_elements, .computed = computed, .when = {}});
    }
    return places;
  }
  const std::vector<std::string> path = split(name);
  std::vector<Place> places = {
      {.path = field(path, taken_, span), .of_elements = false, .computed = false, .when = {}}};
  // Names of data lose their blanks where events of Windows are made flat.
  if (name.find(' ') != std::string::npos) {
    std::string without = name;
    std::erase(without, ' ');
    places.push_back({.path = field({without}, taken_, span), .of_elements = false, .computed = false, .when = {}});
  }
  if (path.size() == 1) return places;
  places.push_back(through_lists(path, taken_, span));
  if (flat_too_)
    places.push_back({.path = field({name}, taken_, span), .of_elements = false, .computed = false, .when = {}});
  return places;
}

}  // namespace picket::sigma
