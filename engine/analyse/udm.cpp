#include "engine/analyse/udm.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "grammar/ast/walk.hpp"

namespace picket {
namespace {

bool leads_to_several(const Expr& path) {
  bool several = false;
  walk(path, [&](const Expr& part) { several = several || std::holds_alternative<EachExpr>(part.node); });
  return several;
}

}  // namespace

Lowering::UdmNames udm_names_of(const Rule& rule, const CheckedPack& checked, const Pack& pack) {
  using Model = Lowering::UdmNames::Model;
  Lowering::UdmNames names{.names = {}, .python_names = {}, .model = Model::none, .log_types = {}};
  for (const auto& log_type : rule.log_types) {
    names.log_types += (names.log_types.empty() ? "" : ", ") + log_type.value;
    const auto model = checked.model_of_log_type.find(log_type.value);
    if (model == checked.model_of_log_type.end()) continue;
    if (names.model == Model::none) names.model = Model::there;
    const DataModel& written = *checked.models[model->second].model;
    for (const auto& name : written.python_names) {
      names.python_names.try_emplace(name.value, Related{written.source, name.span, "mapped here"});
    }
    // A mapping with errors is not among the checked ones.
    for (const auto& mapping : written.mappings) {
      if (checked.models[model->second].mappings.contains(mapping.name.value)) {
        names.names.push_back(mapping.name.value);
      } else {
        names.model = Model::broken;
      }
    }
  }
  const auto is_broken = [&](const auto& log_type) { return pack.broken_models.contains(log_type.value); };
  const bool may_be_broken = names.model == Model::none && pack.has_unread_models;
  if (may_be_broken || std::ranges::any_of(rule.log_types, is_broken)) names.model = Model::broken;
  if (rule.kind == RuleKind::scheduled_rule)
    names = {.names = {}, .python_names = {}, .model = Model::of_no_query, .log_types = {}};
  return names;
}

std::set<std::string> queries_of(const Pack& pack) {
  std::set<std::string> queries;
  for (const Rule& rule : pack.rules) {
    if (rule.kind != RuleKind::scheduled_rule) continue;
    for (const auto& query : rule.log_types) queries.insert(query.value);
  }
  for (const Rule& rule : pack.rules) {
    if (rule.kind == RuleKind::scheduled_rule) continue;
    for (const auto& log_type : rule.log_types) queries.erase(log_type.value);
  }
  return queries;
}

Expr value_of(const DataModel::MappingEntry& mapping) {
  if (mapping.path.empty() || !leads_to_several(mapping.value)) return mapping.value;
  // (found = PATH; if len(found) gt 1 then found else found[0]), by a name that no path can mean.
  const std::string name = "what is found";
  const SourceSpan span = mapping.value.span;
  const Expr found{NameExpr{name}, span};
  CompareClause more{.op = Op::gt, .op_span = span, .right = Expr{NumberLiteral{"1"}, span}};
  Expr several{CompareExpr{Expr{CallExpr{"len", span, {found}}, span}, std::move(more)}, span};
  Expr first{IndexExpr{found, Expr{NumberLiteral{"0"}, span}}, span};
  Definition definition{.name = name,
                        .name_span = span,
                        .equals_span = span,
                        .has_parameters = false,
                        .parameters = {},
                        .body = mapping.value,
                        .span = span};
  return {LetExpr{{std::move(definition)}, Expr{IfExpr{std::move(several), found, std::move(first)}, span}}, span};
}

}  // namespace picket
