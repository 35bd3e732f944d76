#include "tests/agree/print_rule.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "grammar/ast/print.hpp"

namespace picket::tests {
namespace {

std::string names_of(const std::vector<Located<std::string>>& names) {
  std::string list;
  for (const Located<std::string>& name : names) list += (list.empty() ? "" : ", ") + print_string(name.value);
  return "[" + list + "]";
}

// `key: |` and the text, each of its lines indented; nothing if there is no text.
std::string block(std::string_view key, std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    out += "  " + std::string(text.substr(0, end)) + "\n";
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return out.empty() ? out : std::string(key) + ": |\n" + out;
}

std::string optional_template(std::string_view key, const std::optional<Expr>& text) {
  return text ? block(key, print_template(*text)) : "";
}

std::string indented(const std::string& text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    out += "  " + text.substr(at, end - at) + "\n";
    at = end + 1;
  }
  return out;
}

std::string print_remember(const Remember& remember) {
  std::string text = block("Key", print_template(remember.key));
  if (remember.value) text += block("Value", print(*remember.value));
  if (remember.when) text += *remember.when == Block{} ? "When: \"\"\n" : block("When", print(*remember.when));
  if (remember.keep) text += "For: " + to_text(Value(remember.keep->value)) + "\n";
  return "Remember:\n" + indented(text);
}

std::string_view type_of(RuleKind kind) {
  switch (kind) {
    case RuleKind::rule:
      return "rule";
    case RuleKind::scheduled_rule:
      return "scheduled_rule";
    case RuleKind::policy:
      return "policy";
    case RuleKind::correlation_rule:
      return "correlation_rule";
  }
  return "";
}

std::string_view types_key_of(RuleKind kind) {
  switch (kind) {
    case RuleKind::rule:
      return "LogTypes";
    case RuleKind::scheduled_rule:
      return "ScheduledQueries";
    case RuleKind::policy:
      return "ResourceTypes";
    case RuleKind::correlation_rule:
      break;
  }
  return "";
}

}  // namespace

std::string print_rule(const Rule& rule) {
  const std::string id_key = rule.kind == RuleKind::policy ? "PolicyID" : "RuleID";
  std::string text = "AnalysisType: " + std::string(type_of(rule.kind)) + "\n" + id_key + ": " + rule.id.value +
                     "\nEnabled: " + (rule.enabled ? "true" : "false") + "\n" + std::string(types_key_of(rule.kind)) +
                     ": " + names_of(rule.log_types) + "\nSeverity: " + std::string(spelling(rule.severity.value)) +
                     "\n";
  if (!rule.libraries.empty()) text += "Use: " + names_of(rule.libraries) + "\n";
  text += block("Let", print(rule.definitions));
  text += rule.condition == Block{} ? "Condition: \"\"\n" : block("Condition", print(rule.condition));
  if (rule.remember) text += print_remember(*rule.remember);
  text += optional_template("AlertTitle", rule.alert_title);
  text += optional_template("Dedup", rule.dedup);
  text += optional_template("AlertDescription", rule.alert_description);
  text += optional_template("AlertReference", rule.alert_reference);
  text += optional_template("AlertRunbook", rule.alert_runbook);
  text += optional_template("Unique", rule.unique);
  if (rule.dynamic_severity) text += block("DynamicSeverity", print(*rule.dynamic_severity));
  if (rule.destinations) text += block("Destinations", print(*rule.destinations));
  if (rule.alert_context) text += block("AlertContext", print_entries(*rule.alert_context));
  return text;
}

std::string print_library(const Library& library) {
  return "AnalysisType: definitions\nDefinitionsID: " + library.id.value + "\n" +
         block("Let", print(library.definitions));
}

std::string print_data_model(const DataModel& model) {
  std::string text = "AnalysisType: datamodel\nDataModelID: " + model.id.value +
                     "\nEnabled: true\nLogTypes: " + names_of(model.log_types) + "\nMappings:\n";
  for (const DataModel::MappingEntry& mapping : model.mappings) {
    text += "  - {Name: " + mapping.name.value + ", Expression: '";
    for (const char c : print(mapping.value)) text += c == '\'' ? "''" : std::string(1, c);
    text += "'}\n";
  }
  return text;
}

}  // namespace picket::tests
