// Numbers as the language has them: 64-bit integers, larger integers by their digits, finite doubles. Comparison and
// text are exact across the three.
#pragma once

#include <string>

#include "engine/event/value.hpp"

namespace picket {

// REQUIRES of each: the values are numbers.
[[nodiscard]] bool number_is_zero(const Value& number);
// -1, 0 or 1, by exact mathematical value.
[[nodiscard]] int compare_numbers(const Value& a, const Value& b);
// Appends the shortest text that reads back as the same number. A whole double has no fraction ("3"); from 1e16, where
// not every integer is a double any more, it has an exponent.
void append_number(std::string& out, const Value& number);

}  // namespace picket
