#include "grammar/ast/functions.hpp"

#include <algorithm>
#include <utility>

namespace picket {

namespace {

Kinds kind_from_word(std::string_view word) {
  if (word == "any") return {Kinds::any_value};
  if (word == "string") return {Kinds::string};
  if (word == "number") return {Kinds::number};
  if (word == "bool") return {Kinds::boolean};
  if (word == "list") return {Kinds::list};
  if (word == "object") return {Kinds::object};
  if (word == "time") return {Kinds::time};
  if (word == "duration") return {Kinds::duration};
  if (word == "pattern") return {Kinds::pattern};
  return {Kinds::path};
}

// Cuts `text` at the first `separator` and returns what stood before it.
std::string_view take_until(std::string_view& text, char separator) {
  const std::size_t at = text.find(separator);
  const std::string_view head = text.substr(0, at);
  text.remove_prefix(at == std::string_view::npos ? text.size() : at + 1);
  return head;
}

Kinds read_kinds(std::string_view text) {
  Kinds kinds{0};
  while (!text.empty())
    kinds.bits = static_cast<std::uint16_t>(kinds.bits | kind_from_word(take_until(text, '|')).bits);
  return kinds;
}

std::vector<FunctionParameter> read_parameters(std::string_view text) {
  std::vector<FunctionParameter> parameters;
  while (!text.empty()) {
    std::string_view word = take_until(text, ' ');
    FunctionParameter parameter{.name = take_until(word, ':'), .kinds = read_kinds(word)};
    if (parameter.name.ends_with("...")) {
      parameter.name.remove_suffix(3);
      parameter.repeats = parameter.optional = true;
    } else if (parameter.name.ends_with('?')) {
      parameter.name.remove_suffix(1);
      parameter.optional = true;
    }
    parameters.push_back(parameter);
  }
  return parameters;
}

const std::vector<FunctionRow>& table() {
  static const std::vector<FunctionRow> rows{
#define PICKET_FUNCTION(name, spelling, group, parameters, result, meaning) \
  FunctionRow{Function::name, spelling, #group, read_parameters(parameters), read_kinds(#result), meaning},
#include "grammar/ast/functions.def"
#undef PICKET_FUNCTION
  };
  return rows;
}

}  // namespace

std::size_t FunctionRow::least_arguments() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(parameters, [](const FunctionParameter& parameter) { return !parameter.optional; }));
}

std::size_t FunctionRow::most_arguments() const {
  if (!parameters.empty() && parameters.back().repeats) return std::numeric_limits<std::size_t>::max();
  return parameters.size();
}

std::span<const FunctionRow> functions() { return table(); }

const FunctionRow& row_of(Function function) { return table()[static_cast<std::size_t>(function)]; }

std::optional<Function> function_from_spelling(std::string_view spelling) {
  const auto& rows = table();
  const auto row = std::ranges::find(rows, spelling, &FunctionRow::spelling);
  if (row == rows.end()) return std::nullopt;
  return row->function;
}

}  // namespace picket
