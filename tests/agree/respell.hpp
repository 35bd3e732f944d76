// A value as JSON in any of the ways that RFC 8259 allows, and in some that it merely tolerates (repeated keys).
#pragma once

#include <string>

#include "engine/event/value.hpp"
#include "tests/agree/chance.hpp"

namespace picket::tests {

struct Respelling {
  bool line_ends = true;  // among the blanks between tokens
  // Keys are repeated, with other values and in another case, before and behind; the type of a log is a decoy. Numbers
  // change between 1 and 1.0. What the text means is then another value, but one that both engines must read alike.
  bool decoys = true;
};

// Escapes, blanks, the order of keys and the digits of numbers are by chance.
[[nodiscard]] std::string respelled(const Value& value, Chance& chance, const Respelling& how);

}  // namespace picket::tests
