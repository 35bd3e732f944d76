#include "engine/sigma/native_text.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "engine/yaml/emit.hpp"
#include "grammar/ast/print.hpp"

namespace picket::sigma {
namespace {

constexpr std::size_t widest = 110;  // columns of a line that is not broken up

std::string blanks(std::size_t count) {
  std::string text(count, ' ');
  return text;
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as the expression, which is bounded
std::string laid_out(const Expr& expr, std::size_t indent);

// Lines between `{ }`.
// NOLINTNEXTLINE(misc-no-recursion)
std::string laid_out(const Block& block, std::size_t indent) {
  std::string text = "{\n";
  for (const Expr& line : block.lines) text += blanks(indent + 2) + laid_out(line, indent + 2) + "\n";
  return text + blanks(indent) + "}";
}

// A comparison with a list, an item a line.
std::string with_long_list(const CompareExpr& compare, const ListExpr& list, std::size_t indent) {
  CompareExpr empty = compare;
  empty.clause.right = Expr{ListExpr{}, {}};
  std::string text = print(Expr{std::move(empty), {}});
  text.pop_back();  // the bracket that closes
  for (const ListExpr::Item& item : list.items) text += "\n" + blanks(indent + 2) + print(item.value) + ",";
  return text + "\n" + blanks(indent) + "]";
}

// NOLINTNEXTLINE(misc-no-recursion)
std::string joined_lines(const LogicExpr& logic, std::size_t indent) {
  const std::string word = logic.connective == Connective::conjunction ? "and " : "or ";
  std::string text;
  for (const Expr& operand : logic.operands) {
    const bool nested = std::holds_alternative<LogicExpr>(operand.node) || std::holds_alternative<IfExpr>(operand.node);
    const std::string part = laid_out(operand, indent + (nested ? 1 : 0) + (text.empty() ? 0 : word.size()));
    if (!text.empty()) text += "\n" + blanks(indent) + word;
    text += nested ? "(" + part + ")" : part;
  }
  return text;
}

// On one line if it fits.
// NOLINTNEXTLINE(misc-no-recursion)
std::string laid_out(const Expr& expr, std::size_t indent) {
  std::string line = print(expr);
  if (indent + line.size() <= widest) return line;
  if (const auto* group = std::get_if<GroupExpr>(&expr.node)) {
    const std::string_view word = group->kind == GroupKind::all   ? "all "
                                  : group->kind == GroupKind::any ? "any "
                                                                  : "none ";
    return std::string(word) + laid_out(group->block, indent);
  }
  if (const auto* binder = std::get_if<BinderExpr>(&expr.node)) {
    return print_heading(*binder) + " " + laid_out(binder->body, indent);
  }
  if (const auto* logic = std::get_if<LogicExpr>(&expr.node)) return joined_lines(*logic, indent);
  if (const auto* negation = std::get_if<NotExpr>(&expr.node)) {
    const bool nested = std::holds_alternative<LogicExpr>(negation->operand->node);
    const std::string part = laid_out(*negation->operand, indent + (nested ? 5 : 4));
    return nested ? "not (" + part + ")" : "not " + part;
  }
  if (const auto* choice = std::get_if<IfExpr>(&expr.node)) {
    return "if " + laid_out(*choice->condition, indent + 3) + "\n" + blanks(indent + 2) + "then " +
           laid_out(*choice->then, indent + 7) + "\n" + blanks(indent + 2) + "else " +
           laid_out(*choice->otherwise, indent + 7);
  }
  if (const auto* compare = std::get_if<CompareExpr>(&expr.node)) {
    if (const auto* list = std::get_if<ListExpr>(&compare->clause.right->node)) {
      return with_long_list(*compare, *list, indent);
    }
  }
  return line;
}

std::string lines_of(const std::vector<Definition>& definitions, std::size_t indent) {
  std::string text;
  for (const Definition& definition : definitions) {
    text += blanks(indent);
    text +=
        definition.has_parameters ? print(definition) : definition.name + " = " + laid_out(*definition.body, indent);
    text += "\n";
  }
  return text;
}

std::string lines_of(const Block& condition, std::size_t indent) {
  std::string text = lines_of(condition.definitions, indent);
  for (const Expr& line : condition.lines) text += blanks(indent) + laid_out(line, indent) + "\n";
  return text;
}

// A text of several lines as YAML's literal block, where that says the same.
bool add_block(std::string_view key, std::string_view value, std::string& text) {
  const bool ends_line = value.ends_with('\n');
  if (ends_line) value.remove_suffix(1);
  const bool plain =
      std::all_of(value.begin(), value.end(), [](char c) { return c == '\n' || static_cast<unsigned char>(c) >= ' '; });
  if (value.find('\n') == std::string_view::npos || value.starts_with(' ') || value.starts_with('\n') ||
      value.ends_with('\n') || !plain) {
    return false;
  }
  text += std::string(key) + (ends_line ? ": |\n" : ": |-\n");
  for (std::size_t begin = 0; begin <= value.size();) {
    const std::size_t end = std::min(value.find('\n', begin), value.size());
    if (end > begin) text += "  " + std::string(value.substr(begin, end - begin));
    text += "\n";
    begin = end + 1;
  }
  return true;
}

void add_text(std::string_view key, const std::string& value, std::string& text) {
  if (value.empty() || add_block(key, value, text)) return;
  text += std::string(key) + ": " + yaml::emit_text(value, yaml::Context::block) + "\n";
}

// Without what ids and names may not hold.
std::string name_of(std::string_view text) {
  std::string name;
  for (const char c : text) {
    if (c == '&') {
      name += "and";
    } else if (c == '"') {
      name += '\'';
    } else if (c != '<' && c != '>' && c != '%') {
      name += c;
    }
  }
  return name;
}

void add_list(std::string_view key, const std::vector<Located<std::string>>& items, std::string& text) {
  if (items.empty()) return;
  text += std::string(key) + ": [";
  for (std::size_t i = 0; i < items.size(); ++i) text += (i == 0 ? "" : ", ") + yaml::emit_text(items[i].value);
  text += "]\n";
}

void add_tests(const Rule& rule, std::string& text) {
  if (!rule.tests.empty()) text += "Tests:\n";
  for (const RuleTest& test : rule.tests) {
    text += "  - Name: " + yaml::emit_text(test.name.value, yaml::Context::block) +
            "\n    ExpectedResult: " + (test.expected ? "true" : "false") + "\n    Log:";
    const Object& event = *test.event.object();
    text += event.empty() ? " {}\n" : "\n" + yaml::emit_entries(event, 6, widest);
  }
}

}  // namespace

std::string native_text(const Rule& rule, const std::string& log_type) {
  std::string text =
      "AnalysisType: rule\nRuleID: " + yaml::emit_text(name_of(rule.id.value), yaml::Context::block) + "\n";
  add_text("DisplayName", name_of(rule.display_name), text);
  text += "Enabled: true\n";
  if (rule.log_types.empty() && !log_type.empty()) {
    add_list("LogTypes", {{log_type, {}}}, text);
  } else {
    add_list("LogTypes", rule.log_types, text);
  }
  text += "Severity: " + std::string(spelling(rule.severity.value)) + "\n";
  add_text("Status", rule.status, text);
  add_text("CreatedBy", rule.created_by, text);
  add_text("Description", rule.description, text);
  add_text("Runbook", rule.runbook, text);
  add_text("Reference", rule.reference, text);
  add_list("Tags", rule.tags, text);
  if (!rule.definitions.empty()) text += "Let: |\n" + lines_of(rule.definitions, 2);
  text += "Condition: |\n" + lines_of(rule.condition, 2);
  add_list("Output", rule.output, text);
  add_tests(rule, text);
  return text;
}

std::string condition_text(const Rule& rule) { return lines_of(rule.condition, 0); }
std::string definitions_text(const Rule& rule) { return lines_of(rule.definitions, 0); }

}  // namespace picket::sigma
