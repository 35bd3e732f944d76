// Calls of functions. See lowering.hpp.
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/analyse/constant.hpp"
#include "engine/analyse/lowering.hpp"
#include "engine/analyse/messages.hpp"
#include "grammar/ast/print.hpp"
#include "grammar/text/ascii.hpp"
#include "grammar/text/suggestion.hpp"

namespace picket {

Term Lowering::lower_call(const CallExpr& node, const Expr& expr, const Scope& scope) {
  std::vector<Argument> arguments;
  for (const Expr& argument : node.arguments) arguments.push_back({.expr = &argument, .term = std::nullopt});
  const Binding* binding = scope.find(node.name);
  if (binding != nullptr && binding->local) return unfold(*binding->local, std::move(arguments), expr.span, scope);
  bool reported = false;
  if (const DefinitionEntry* entry = find_definition(node.name, node.name_span, scope, reported)) {
    return unfold(*entry, std::move(arguments), expr.span, scope);
  }
  if (reported) return anything();
  if (const auto function = function_from_spelling(node.name)) return lower_function(*function, node, expr, scope);
  unknown_function(node, expr, scope);
  return anything();
}

Term Lowering::lower_function(Function function, const CallExpr& node, const Expr& expr, const Scope& scope) {
  const FunctionRow& row = row_of(function);
  const std::size_t given = node.arguments.size();
  if (given < row.least_arguments() || given > row.most_arguments()) {
    std::string signature = node.name + "(";
    for (const FunctionParameter& parameter : row.parameters) {
      if (!signature.ends_with('(')) signature += ", ";
      signature += std::string(parameter.name) + (parameter.repeats ? "…" : parameter.optional ? "?" : "");
    }
    error(Code::wrong_argument_count, expr.span, "`" + node.name + "` is given " + plural(given, "argument")).help =
        "its form is `" + signature + ")`";
    return anything();
  }
  if (function == Function::has) return lower_has(node, scope);
  CallTerm term{.function = function, .arguments = {}, .regex = std::nullopt};
  for (std::size_t i = 0; i < given; ++i) {
    const FunctionParameter& parameter = row.parameters[std::min(i, row.parameters.size() - 1)];
    if (parameter.kinds.has(Kinds::pattern)) {
      term.regex = constant_regex(node.arguments[i], scope);
      continue;
    }
    term.arguments.push_back(lower(node.arguments[i], scope));
    const Kinds kinds = kinds_of_term(term.arguments.back());
    if (none_of(both(kinds, parameter.kinds))) {
      error(Code::wrong_argument, node.arguments[i].span,
            "`" + node.name + "` wants " + in_words(parameter.kinds) + ", and this is " + in_words(kinds));
    }
  }
  return {std::move(term)};
}

Term Lowering::lower_has(const CallExpr& node, const Scope& scope) {
  const Expr& path = node.arguments.front();
  Term term = lower(path, scope);
  if (auto* field = std::get_if<FieldTerm>(&term.node)) {
    PathStep key = field->path.back();
    field->path.pop_back();
    Term base = field->path.empty() ? Term{EventTerm{}} : std::move(term);
    return {HasTerm{.base = std::move(base), .key = std::move(key)}};
  }
  if (auto* member = std::get_if<MemberTerm>(&term.node)) {
    PathStep key = member->key;
    return {HasTerm{.base = std::move(member->base), .key = std::move(key)}};
  }
  if (auto* index = std::get_if<IndexTerm>(&term.node)) {
    if (const Value* constant = constant_of(*index->index, table_.checked);
        constant != nullptr && constant->as_index()) {
      return {HasTerm{.base = std::move(index->base), .key = *constant->as_index()}};
    }
  }
  error(Code::wrong_argument, path.span, "`has` wants a path that ends in a field, such as `a.b`");
  return anything();
}

std::optional<Regex> Lowering::constant_regex(const Expr& expr, const Scope& scope) {
  const Term term = lower(expr, scope);
  const Value* constant = constant_of(term, table_.checked);
  if (constant == nullptr || constant->string() == nullptr) {
    if (!generic_) error(Code::pattern_not_constant, expr.span, "a regex must be a constant string");
    return std::nullopt;
  }
  auto compiled = Regex::compile(*constant->string(), {.folded = false, .memory = options_.regex_memory});
  if (const auto* fault = std::get_if<PatternError>(&compiled)) {
    error(Code::bad_regex, expr.span, "the regex is not well formed: " + fault->reason);
    return std::nullopt;
  }
  return std::get<Regex>(std::move(compiled));
}

namespace {

// What is a function or a method elsewhere, and an operator here: `x.startswith("a")`, `icontains(x, "a")`. Names
// without case and `_`.
struct Elsewhere {
  std::string_view function;
  std::string_view here;
  bool compares = true;  // takes a value on its right
};
constexpr std::array<Elsewhere, 17> elsewhere{{{"startswith", "starts_with"},
                                               {"beginswith", "starts_with"},
                                               {"hasprefix", "starts_with"},
                                               {"endswith", "ends_with"},
                                               {"hassuffix", "ends_with"},
                                               {"contains", "contains"},
                                               {"includes", "contains"},
                                               {"icontains", "contains~"},
                                               {"equals", "eq"},
                                               {"iequals", "eq~"},
                                               {"match", "matches"},
                                               {"matches", "matches"},
                                               {"regexmatch", "matches"},
                                               {"exists", "is not null", false},
                                               {"isnull", "is null", false},
                                               {"isempty", "is empty", false},
                                               {"isnotnull", "is not null", false}}};

// The call as it is written here; nothing if it is none of those, or of another number of arguments.
std::optional<std::string> as_operator(const CallExpr& node) {
  const std::size_t dot = node.name.rfind('.');
  std::string name = ascii_lower(dot == std::string::npos ? node.name : node.name.substr(dot + 1));
  std::erase(name, '_');
  const auto* const row = std::ranges::find(elsewhere, name, &Elsewhere::function);
  if (row == elsewhere.end()) return std::nullopt;
  std::vector<std::string> operands;
  if (dot != std::string::npos) operands.push_back(node.name.substr(0, dot));
  for (const Expr& argument : node.arguments) operands.push_back(print(argument));
  if (operands.size() != (row->compares ? 2U : 1U)) return std::nullopt;
  return operands[0] + " " + std::string(row->here) + (row->compares ? " " + operands[1] : "");
}

}  // namespace

void Lowering::unknown_function(const CallExpr& node, const Expr& expr, const Scope& scope) {
  Diagnostic& diagnostic = error(Code::unknown_function, node.name_span, "there is no function `" + node.name + "`");
  if (const auto comparison = as_operator(node)) {
    diagnostic.help = "what is asked of a value is an operator behind it";
    diagnostic.fixes.push_back({.title = "write `" + *comparison + "`", .span = expr.span, .replacement = *comparison});
    return;
  }
  const std::size_t dot = node.name.rfind('.');
  if (dot != std::string::npos && function_from_spelling(std::string_view(node.name).substr(dot + 1))) {
    std::string call = node.name.substr(dot + 1) + "(" + node.name.substr(0, dot);
    for (const Expr& argument : node.arguments) call += ", " + print(argument);
    call += ")";
    diagnostic.help = "functions are called with the value as their first argument";
    diagnostic.fixes.push_back({.title = "write `" + call + "`", .span = expr.span, .replacement = call});
    return;
  }
  std::vector<std::string> known = keys_of(scope.home->definitions);
  for (const FunctionRow& row : functions()) known.emplace_back(row.spelling);
  for (const auto& [id, library] : scope.home->libraries) {
    for (const auto& [name, entry] : library->definitions) known.push_back(id + "." + name);
  }
  for (const Scope* at = &scope; at != nullptr; at = at->outer) {
    for (const auto& [name, binding] : at->names) {
      if (binding.local && binding.local->definition->has_parameters) known.push_back(name);
    }
  }
  propose_nearest(diagnostic, node.name_span, node.name, known, Certainty::if_alone);
}

}  // namespace picket
