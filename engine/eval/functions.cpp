#include "engine/eval/functions.hpp"

#include <array>

#include "engine/eval/function_bodies.hpp"

namespace picket {
namespace {

using Body = Value (*)(const Call&);

// By Function; a row without a body does not link.
constexpr std::array bodies_by_function = {
#define PICKET_FUNCTION(name, spelling, group, parameters, result, meaning) static_cast<Body>(bodies::name),
#include "grammar/ast/functions.def"
#undef PICKET_FUNCTION
};

// The parameters that are values at run time: a pattern's is compiled beforehand.
std::vector<FunctionParameter> value_parameters(const FunctionRow& row) {
  std::vector<FunctionParameter> parameters;
  for (const FunctionParameter& parameter : row.parameters) {
    if (!parameter.kinds.has(Kinds::pattern)) parameters.push_back(parameter);
  }
  return parameters;
}

const std::vector<FunctionParameter>& value_parameters(Function function) {
  static const auto table = [] {
    std::array<std::vector<FunctionParameter>, bodies_by_function.size()> rows;
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = value_parameters(row_of(static_cast<Function>(i)));
    return rows;
  }();
  return table[static_cast<std::size_t>(function)];
}

Kinds::Bit bit_of(Kind kind) {
  switch (kind) {
    case Kind::null:
      return Kinds::null;
    case Kind::boolean:
      return Kinds::boolean;
    case Kind::number:
      return Kinds::number;
    case Kind::string:
      return Kinds::string;
    case Kind::list:
      return Kinds::list;
    case Kind::object:
      return Kinds::object;
    case Kind::time:
      return Kinds::time;
    case Kind::duration:
      return Kinds::duration;
  }
  return Kinds::null;
}

// The functions that say something of the absent value: its length is 0, and as one of two sets it is the empty one.
bool takes_null(Function function) {
  return function == Function::len || function == Function::union_ || function == Function::intersect ||
         function == Function::except;
}

bool fits(Function function, const Call& call) {
  const auto& parameters = value_parameters(function);
  for (std::size_t i = 0; i < call.count(); ++i) {
    const bool beyond = i >= parameters.size();
    if (beyond && (parameters.empty() || !parameters.back().repeats)) return false;
    const FunctionParameter& parameter = beyond ? parameters.back() : parameters[i];
    const Value& argument = call.value(i);
    if (argument.is_null() && takes_null(function)) continue;
    if (!parameter.kinds.has(bit_of(argument.kind()))) return false;
  }
  return call.count() >= parameters.size() || parameters[call.count()].optional || parameters[call.count()].repeats;
}

Value nothing_from(Function function) {
  return row_of(function).result == Kinds{Kinds::list} ? Value(List{}) : Value();
}

}  // namespace

Value call_function(Function function, const Call& call) {
  if (!fits(function, call)) return nothing_from(function);
  Value result = bodies_by_function[static_cast<std::size_t>(function)](call);
  if (const auto* text = result.string(); text != nullptr && text->size() > longest_string) return {};
  return call.budget.spend_on_value(result) ? result : nothing_from(function);
}

}  // namespace picket
