// The functions of the language: what grammar/ast/functions.def names, implemented. One file per group.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "engine/analyse/checked.hpp"
#include "engine/eval/budget.hpp"
#include "engine/eval/recollection.hpp"
#include "engine/event/value.hpp"
#include "grammar/ast/functions.hpp"

namespace picket {

// One call: the arguments and what a function may ask of its surroundings.
struct Call {
  std::vector<const Value*> arguments;  // without a pattern's, which is `regex`
  const Regex* regex = nullptr;
  const CheckedModel* model = nullptr;  // of the event's log type, or null
  Recollection* memory = nullptr;       // null: it holds nothing
  Budget& budget;

  [[nodiscard]] std::size_t count() const { return arguments.size(); }
  [[nodiscard]] bool has(std::size_t index) const { return index < arguments.size(); }
  // REQUIRES of each: the argument is there, and of that kind.
  [[nodiscard]] const Value& value(std::size_t index) const { return *arguments[index]; }
  [[nodiscard]] const std::string& text(std::size_t index) const { return *arguments[index]->string(); }
  [[nodiscard]] const List& list(std::size_t index) const { return *arguments[index]->list(); }
};

// Calls a function. Total: an argument of a kind that the table does not allow gives null, or the empty list where the
// result is a list; so does a result that the budget does not allow.
[[nodiscard]] Value call_function(Function function, const Call& call);

}  // namespace picket
