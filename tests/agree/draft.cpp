#include "tests/agree/draft.hpp"

#include <memory>
#include <utility>

#include "grammar/condition/parse.hpp"

namespace picket::tests {
namespace {

std::vector<Located<std::string>> located(const std::vector<std::string>& names) {
  std::vector<Located<std::string>> out;
  for (const std::string& name : names) out.push_back({name, {}});
  return out;
}

// Parses a text that may be left out. Returns false if it is not well formed.
template <typename Target, typename Parse>
bool parse_into(Target& target, const std::string& name, const std::string& text, const Parse& parse) {
  if (text.empty()) return true;
  Diagnostics diagnostics;
  auto parsed = parse(SourceText::standalone(name, text), diagnostics, Limits{});
  if (!parsed) return false;
  target = *std::move(parsed);
  return true;
}

}  // namespace

namespace {

bool parse_remember(const RuleDraft& draft, Rule& rule) {
  if (draft.remember_key.empty()) return true;
  Remember remember;
  if (draft.remember_for.microseconds > 0) remember.keep = {draft.remember_for, {}};
  const bool sound = parse_into(remember.key, draft.id, draft.remember_key, parse_template) &&
                     parse_into(remember.value, draft.id, draft.remember_value, parse_expression) &&
                     parse_into(remember.when, draft.id, draft.remember_when, parse_condition);
  rule.remember = std::move(remember);
  return sound;
}

}  // namespace

std::optional<Rule> parse_rule(const RuleDraft& draft) {
  Rule rule;
  rule.source = std::make_shared<const Source>(draft.id, draft.condition);
  rule.kind = draft.kind;
  rule.id.value = draft.id;
  rule.enabled = draft.enabled;
  rule.severity.value = draft.severity;
  rule.log_types = located(draft.log_types);
  rule.libraries = located(draft.libraries);
  const bool sound = parse_into(rule.condition, draft.id, draft.condition, parse_condition) &&
                     parse_into(rule.definitions, draft.id, draft.let, parse_definitions) &&
                     parse_into(rule.alert_title, draft.id, draft.alert_title, parse_template) &&
                     parse_into(rule.dedup, draft.id, draft.dedup, parse_template) &&
                     parse_into(rule.alert_description, draft.id, draft.alert_description, parse_template) &&
                     parse_into(rule.unique, draft.id, draft.unique, parse_template) &&
                     parse_into(rule.dynamic_severity, draft.id, draft.dynamic_severity, parse_expression) &&
                     parse_into(rule.destinations, draft.id, draft.destinations, parse_expression) &&
                     parse_into(rule.alert_context, draft.id, draft.alert_context, parse_entries) &&
                     parse_remember(draft, rule);
  if (!sound) return std::nullopt;
  return rule;
}

Library parse_library(const std::string& id, const std::string& let) {
  Library library;
  library.source = std::make_shared<const Source>(id, let);
  library.id.value = id;
  Diagnostics diagnostics;
  if (auto definitions = parse_definitions(SourceText::standalone(id, let), diagnostics)) {
    library.definitions = *std::move(definitions);
  }
  return library;
}

DataModel parse_data_model(const std::string& id, const std::vector<std::string>& log_types,
                           const std::vector<NamedExpression>& mappings) {
  DataModel model;
  model.source = std::make_shared<const Source>(id, "");
  model.id.value = id;
  model.log_types = located(log_types);
  for (const NamedExpression& mapping : mappings) {
    Diagnostics diagnostics;
    auto value = parse_expression(SourceText::standalone(mapping.name, mapping.expression), diagnostics);
    if (value) model.mappings.push_back({.name = {mapping.name, {}}, .path = "", .value = *std::move(value)});
  }
  return model;
}

std::size_t add_rules(Pack& pack, const std::vector<RuleDraft>& drafts) {
  std::size_t malformed = 0;
  for (const RuleDraft& draft : drafts) {
    if (auto rule = parse_rule(draft)) {
      pack.rules.push_back(*std::move(rule));
    } else {
      ++malformed;
    }
  }
  return malformed;
}

}  // namespace picket::tests
