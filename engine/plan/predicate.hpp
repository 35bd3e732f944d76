// Predicate: a comparison as the plan knows it, one for each distinct meaning, whichever rules and definitions ask it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/analyse/checked.hpp"
#include "engine/event/field_trie.hpp"
#include "engine/pattern/pattern.hpp"
#include "grammar/ast/operators.hpp"

namespace picket {

using PredicateId = std::uint32_t;
using StepId = std::uint32_t;
using PlannedRuleId = std::uint32_t;  // an index into LogTypePlan::rules
constexpr PredicateId no_predicate = static_cast<PredicateId>(-1);

// A sorted set of texts.
class TextSet {
 public:
  TextSet() = default;
  explicit TextSet(std::vector<std::string> texts);
  [[nodiscard]] bool contains(std::string_view text) const;
  [[nodiscard]] const std::vector<std::string>& texts() const { return texts_; }

 private:
  std::vector<std::string> texts_;  // by length, then bytes
};

struct Predicate {
  enum class Kind : std::uint8_t {
    compare,   // a field by an operator with a constant
    is,        // a field is of a kind
    truth,     // a field's truth
    program,   // a definition without parameters, by a program of its own
    residual,  // whatever else: a term for the interpreter
  };
  // What a comparison asks of a text. Other values are compared as the interpreter does.
  enum class TextTest : std::uint8_t { never, set, contains, starts_with, ends_with, order, pattern, value };

  Kind kind = Kind::residual;
  TextTest text_test = TextTest::never;
  Op op{};  // of compare: never ne
  bool folded = false;
  bool all = false;
  IsKind is{};
  bool when_absent = false;  // what it is for a field that is not there or null
  FieldId field = no_field;
  Value constant;                  // of compare: the right side
  TextSet set;                     // of the texts that the value may be; folded if `folded`
  std::vector<std::string> texts;  // that the value holds, begins or ends with; likewise
  std::vector<Regex> regexes;
  std::vector<Glob> globs;
  std::vector<Network> networks;
  StepId program = 0;
  // Of residual: lives in the plan; slots are of the text that it was taken from.
  const Term* term = nullptr;
  Slot slots = 0;
  std::uint8_t cost = 0;  // what to decide first: the cheapest
};

}  // namespace picket
