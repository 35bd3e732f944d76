// What people bring along from other languages, and from English: errors that know what was meant. Internal to
// grammar/condition.
#pragma once

#include <optional>
#include <string_view>

#include "grammar/condition/found.hpp"

namespace picket::syntax {

// Where an operator should be and something else was found: a word or a sign; …
[[nodiscard]] std::optional<SyntaxError> habit_at_operator(std::string_view text, const Found& found);
// … a value, right behind a value; …
[[nodiscard]] std::optional<SyntaxError> habit_at_operand(std::string_view text, const Found& found);
// … where a value should be and none can begin.
[[nodiscard]] std::optional<SyntaxError> habit_at_value(std::string_view text, const Found& found);

}  // namespace picket::syntax
