#include "tests/docs/language_tables.hpp"

#include <array>
#include <sstream>
#include <utility>

#include "grammar/ast/functions.hpp"
#include "grammar/ast/operators.hpp"
#include "grammar/text/diagnostic.hpp"

namespace picket::tests {

namespace {

std::string code(std::string_view text) { return "`" + std::string(text) + "`"; }

std::string yes(bool value) { return value ? "yes" : ""; }

// "== equals" as "`==` `equals`".
std::string code_words(std::string_view words) {
  std::istringstream stream{std::string(words)};
  std::string text;
  for (std::string word; stream >> word;) text += (text.empty() ? "" : " ") + code(word);
  return text;
}

std::string operator_table() {
  std::string text =
      "| operator | also accepted | `~` | a list: any of it | `all` | true when |\n|---|---|---|---|---|---|\n";
  for (const OpRow& row : operators()) {
    text += "| " + code(row.spelling) + " | " + code_words(row.aliases) + " | " + yes(row.folds) + " | " +
            yes(row.list_right) + " | " + yes(row.all) + " | " + std::string(row.meaning) + " |\n";
  }
  return text;
}

std::string is_table() {
  std::string text = "| `is` | asks for |\n|---|---|\n";
  for (const IsKindRow& row : is_kinds()) {
    text += "| " + code(row.spelling) + " | " + std::string(row.meaning) + " |\n";
  }
  return text;
}

std::string kinds_in_words(Kinds kinds) {
  static constexpr std::array<std::pair<Kinds::Bit, std::string_view>, 9> words{{{Kinds::boolean, "bool"},
                                                                                 {Kinds::number, "number"},
                                                                                 {Kinds::string, "string"},
                                                                                 {Kinds::list, "list"},
                                                                                 {Kinds::object, "object"},
                                                                                 {Kinds::time, "time"},
                                                                                 {Kinds::duration, "duration"},
                                                                                 {Kinds::pattern, "regex"},
                                                                                 {Kinds::path, "path"}}};
  if (kinds.bits == Kinds::any_value) return "any";
  std::string text;
  for (const auto& [bit, word] : words) {
    if (!kinds.has(bit)) continue;
    if (!text.empty()) text += " or ";
    text += word;
  }
  return text;
}

std::string call_of(const FunctionRow& row) {
  std::string text(row.spelling);
  text += '(';
  for (const FunctionParameter& parameter : row.parameters) {
    if (text.back() != '(') text += ", ";
    text += std::string(parameter.name);
    if (parameter.repeats) {
      text += "…";
    } else if (parameter.optional) {
      text += "?";
    }
    if (parameter.kinds.bits != Kinds::any_value) text += ": " + kinds_in_words(parameter.kinds);
  }
  return text + ")";
}

std::string function_table() {
  std::string text;
  std::string_view group;
  for (const FunctionRow& row : functions()) {
    if (row.group != group) {
      group = row.group;
      if (!text.empty()) text += "\n";
      text += "| " + std::string(group) + " | gives | what |\n|---|---|---|\n";
    }
    text += "| " + code(call_of(row)) + " | " + kinds_in_words(row.result) + " | " + std::string(row.meaning) + " |\n";
  }
  return text;
}

// The codes that a text in the language can have: the errors, then the lints.
std::string code_table() {
  std::string errors = "| error | says that |\n|---|---|\n";
  std::string lints = "| lint | says that |\n|---|---|\n";
  for (const CodeRow& row : diagnostic_codes()) {
    if (row.code < Code::text_too_long) continue;
    std::string& table = row.level == Level::error ? errors : lints;
    table += "| " + code(row.word) + " | " + std::string(row.title) + " |\n";
  }
  return errors + "\n" + lints;
}

std::string replace_part(const std::string& document, const std::string& name, const std::string& part) {
  const std::string begin = "<!-- " + name + " begin -->\n";
  const std::string end = "<!-- " + name + " end -->";
  const std::size_t from = document.find(begin);
  const std::size_t to = document.find(end);
  if (from == std::string::npos || to == std::string::npos || to < from) return document;
  return document.substr(0, from + begin.size()) + part + document.substr(to);
}

}  // namespace

std::string with_language_tables(std::string_view document) {
  std::string text(document);
  text = replace_part(text, "operators", operator_table());
  text = replace_part(text, "is", is_table());
  text = replace_part(text, "functions", function_table());
  return replace_part(text, "codes", code_table());
}

}  // namespace picket::tests
