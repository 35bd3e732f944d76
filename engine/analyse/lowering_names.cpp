// Names and paths. See lowering.hpp.
#include <algorithm>
#include <utility>

#include "engine/analyse/lowering.hpp"
#include "engine/analyse/messages.hpp"
#include "grammar/text/ascii.hpp"
#include "grammar/text/suggestion.hpp"

namespace picket {

namespace {

// The steps of a path from its root outwards: `a.b[0]` is a, a.b, a.b[0].
std::vector<const Expr*> chain_of(const Expr& expr) {
  std::vector<const Expr*> chain;
  for (const Expr* at = &expr; at != nullptr;) {
    chain.push_back(at);
    at = match(
        at->node, [](const MemberExpr& e) { return &*e.base; }, [](const IndexExpr& e) { return &*e.base; },
        [](const EachExpr& e) { return &*e.base; }, [](const auto&) { return static_cast<const Expr*>(nullptr); });
  }
  std::ranges::reverse(chain);
  return chain;
}

// "a.b.c" for the first `count` plain names of a chain; empty if they are not plain.
std::string dotted(const std::vector<const Expr*>& chain, std::size_t count) {
  std::string name;
  for (std::size_t i = 0; i < count; ++i) {
    if (const auto* root = std::get_if<NameExpr>(&chain[i]->node)) {
      name = root->name;
    } else if (const auto* member = std::get_if<MemberExpr>(&chain[i]->node)) {
      name += '.' + member->name;
    } else {
      return {};
    }
  }
  return name;
}

std::size_t plain_names(const std::vector<const Expr*>& chain) {
  std::size_t count = 1;
  while (count < chain.size() && std::holds_alternative<MemberExpr>(chain[count]->node)) ++count;
  return count;
}

bool is_capitals(std::string_view name) {
  const auto capital = [](char c) { return (c >= 'A' && c <= 'Z') || c == '_' || (c >= '0' && c <= '9'); };
  return name.size() > 1 && name.front() >= 'A' && name.front() <= 'Z' && std::ranges::all_of(name, capital);
}

// What a name means that no data model maps: the event's own `p_udm.name`, else its field of that name, else null. As
// in Panther, what is empty or nothing there is passed over.
Term unmapped(const std::string& name) {
  const auto unless_falsy = [](Term left, Term right) {
    return Term{FallbackTerm{.unless_falsy = true, .left = std::move(left), .right = std::move(right)}};
  };
  return unless_falsy({FieldTerm{.path = {"p_udm", name}}},
                      unless_falsy({FieldTerm{.path = {name}}}, {ConstantTerm{}}));
}

bool maps_over_list(const Term& term) {
  const auto* each = std::get_if<EachTerm>(&term.node);
  return (each != nullptr && !each->deep) || std::holds_alternative<EachMemberTerm>(term.node) ||
         std::holds_alternative<EachIndexTerm>(term.node);
}

}  // namespace

Term Lowering::lower_path(const Expr& expr, const Scope& scope) {
  const std::vector<const Expr*> chain = chain_of(expr);
  std::size_t taken = 1;
  Term term = match(
      chain.front()->node, [&](const NameExpr&) { return lower_name(chain, scope, taken); },
      [](const EventExpr&) { return Term{EventTerm{}}; },
      [&](const ElementExpr&) {
        if (const auto slot = scope.find_element()) return Term{SlotTerm{*slot}};
        error(Code::element_outside_binder, chain.front()->span,
              "`.` stands outside a binder, where there is no element")
            .help = "`.` is the element in `any list { . eq \"x\" }`; the whole event is `$`";
        return anything();
      },
      [&](const auto&) { return lower(*chain.front(), scope); });
  for (std::size_t i = taken; i < chain.size(); ++i) term = step(std::move(term), *chain[i], scope);
  if (const auto* field = std::get_if<FieldTerm>(&term.node)) note_field(*field, expr.span);
  return term;
}

FieldUse* Lowering::note_field(const FieldTerm& field, SourceSpan span) {
  // What an unfolded definition of a library reads is the library's affair.
  if (home_ != file_) return nullptr;
  if (field_uses_.empty() || field_uses_.back().span != span) {
    field_uses_.push_back(
        {.path = field.path, .span = span, .op = std::nullopt, .right = std::nullopt, .right_span = {}, .bare = false});
  }
  return &field_uses_.back();
}

// One step from a term. A path of constant steps from the event stays one FieldTerm.
Term Lowering::step(Term base, const Expr& suffix, const Scope& scope) {
  if (const auto* each = std::get_if<EachExpr>(&suffix.node)) {
    return {EachTerm{.base = std::move(base), .deep = each->deep}};
  }
  std::optional<PathStep> constant;
  std::optional<Term> computed;
  if (const auto* member = std::get_if<MemberExpr>(&suffix.node)) {
    constant = member->name;
  } else {
    computed = lower(*std::get<IndexExpr>(suffix.node).index, scope);
    if (const auto* index = std::get_if<ConstantTerm>(&computed->node)) {
      if (index->value.string() != nullptr) constant = *index->value.string();
      if (const auto number = index->value.as_index()) constant = *number;
    }
  }
  const bool mapped = maps_over_list(base);
  if (constant && !mapped) {
    if (std::holds_alternative<EventTerm>(base.node)) return {FieldTerm{.path = {*constant}}};
    if (auto* field = std::get_if<FieldTerm>(&base.node)) {
      field->path.push_back(*constant);
      return base;
    }
  }
  if (constant && std::holds_alternative<std::string>(*constant)) {
    auto& key = std::get<std::string>(*constant);
    if (mapped) return {EachMemberTerm{.base = std::move(base), .key = std::move(key)}};
    return {MemberTerm{.base = std::move(base), .key = std::move(key)}};
  }
  if (!computed) return {ConstantTerm{}};
  if (mapped) return {EachIndexTerm{.base = std::move(base), .index = std::move(*computed)}};
  return {IndexTerm{.base = std::move(base), .index = std::move(*computed)}};
}

// The root of a path that begins with a name. `taken` is how many steps of the chain it used up.
Term Lowering::lower_name(const std::vector<const Expr*>& chain, const Scope& scope, std::size_t& taken) {
  const Expr& root = *chain.front();
  const std::string& name = std::get<NameExpr>(root.node).name;
  if (const Binding* binding = scope.find(name)) {
    return binding->local ? refer(*binding->local, root) : *binding->term;
  }
  for (std::size_t count = plain_names(chain); count > 0; --count) {
    bool reported = false;
    const DefinitionEntry* entry = find_definition(dotted(chain, count), chain[count - 1]->span, scope, reported);
    if (reported) return anything();
    if (entry == nullptr) continue;
    taken = count;
    return refer(*entry, *chain[count - 1]);
  }
  if (name == "now") return {NowTerm{}};
  if (name == "udm") return lower_udm(chain, taken);
  if (name == "previous") return refer_to_previous(root.span, scope);
  if (is_capitals(name)) {
    undefined_name(name, root.span, scope);
    return anything();
  }
  return {FieldTerm{.path = {name}}};
}

Term Lowering::lower_udm(const std::vector<const Expr*>& chain, std::size_t& taken) {
  const std::string* name = nullptr;
  SourceSpan span = chain.front()->span;
  if (chain.size() > 1) {
    if (const auto* member = std::get_if<MemberExpr>(&chain[1]->node)) {
      name = &member->name;
      span = member->name_span;
    } else if (const auto* index = std::get_if<IndexExpr>(&chain[1]->node)) {
      if (const auto* key = std::get_if<StringLiteral>(&index->index->node)) name = &key->value;
      span = index->index->span;
    }
  }
  if (name == nullptr) {
    error(Code::unknown_udm_field, span, "`udm` wants a name of the data model: `udm.actor_user`").help =
        "a field of that name is written `$.udm`";
    return anything();
  }
  taken = 2;
  if (udm_names_ != nullptr) check_udm_name(*name, span);
  return {UdmTerm{.name = *name, .unmapped = unmapped(*name)}};
}

void Lowering::check_udm_name(const std::string& name, SourceSpan span) {
  using Model = UdmNames::Model;
  if (const auto python = udm_names_->python_names.find(name); python != udm_names_->python_names.end()) {
    Diagnostic& diagnostic = error(Code::unknown_udm_field, span, "`udm." + name + "` is made by a Python function");
    diagnostic.help = "Python is not run; map the name by a `Path` or an `Expression`";
    diagnostic.related.push_back(python->second);
    return;
  }
  if (std::ranges::find(udm_names_->names, name) != udm_names_->names.end()) return;
  // What the name would come to, for who means that.
  const std::string own = "what an event itself says is `p_udm." + name + "` or `$." + name + "`";
  switch (udm_names_->model) {
    case Model::there:
      propose_nearest(error(Code::unknown_udm_field, span,
                            "the data model of " + udm_names_->log_types + " does not map `" + name + "`"),
                      span, name, udm_names_->names, Certainty::if_alone);
      break;
    case Model::none:
      error(Code::unknown_udm_field, span, "no data model that was loaded serves " + udm_names_->log_types).help =
          "a file with `AnalysisType: datamodel` and this log type maps names to fields; " + own;
      break;
    case Model::broken:
      broken_ = true;  // of the model it is told
      break;
    case Model::of_no_query:
      error(Code::unknown_udm_field, span, "rows of queries have no data model").help = own;
      break;
    case Model::itself:
      error(Code::unknown_udm_field, span, "a data model cannot use `udm`, which it defines");
      break;
  }
}

void Lowering::undefined_name(std::string_view name, SourceSpan span, const Scope& scope) {
  Diagnostic& diagnostic = error(Code::undefined_name, span, "`" + std::string(name) + "` is not defined");
  diagnostic.help =
      "a name in capitals is a definition; a text stands in quotes, and a field of that name is written `$." +
      std::string(name) + "`";
  const std::string lower = ascii_lower(std::string(name));
  if (lower == "null" || lower == "true" || lower == "false") {
    diagnostic.fixes.push_back({.title = "write `" + lower + "`", .span = span, .replacement = lower, .certain = true});
    return;
  }
  std::vector<std::string> known = keys_of(scope.home->definitions);
  for (const auto& [id, library] : scope.home->libraries) {
    for (const auto& [defined, entry] : library->definitions) {
      if (defined == name) known.insert(known.begin(), id + "." + defined);
    }
  }
  offer_nearest(diagnostic, span, name, known, Certainty::if_alone);
  const std::string qualified = "." + std::string(name);
  for (const std::string& candidate : known) {
    if (diagnostic.fixes.empty() && candidate.ends_with(qualified)) {
      diagnostic.fixes.push_back({.title = "write `" + candidate + "`", .span = span, .replacement = candidate});
    }
  }
}

}  // namespace picket
