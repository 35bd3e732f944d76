// Predicate: a comparison as the plan knows it, one for each distinct meaning, whichever rules and definitions ask it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/analyse/checked.hpp"
#include "engine/event/field_trie.hpp"
#include "engine/event/literal.hpp"
#include "engine/pattern/network_tree.hpp"
#include "engine/pattern/pattern.hpp"
#include "engine/plan/hash_index.hpp"
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

// What a predicate asks for, beyond what a first look at its field needs.
struct Operand {
  Value constant;                  // of compare: the right side
  TextSet set;                     // of the texts that the value may be; folded if the predicate is
  std::vector<std::string> texts;  // that the value holds, begins or ends with; likewise
  std::vector<Literal> literals;   // the same, if the predicate is folded, as they are sought
  // Of which one stands in a list or object, as JSON, for which the predicate is true; empty if none is known. Of
  // residual too, which then has a field.
  std::vector<Literal> within;
  std::vector<Regex> regexes;
  std::vector<RequiredTexts> required;       // by the regexes
  std::vector<std::vector<Literal>> guards;  // of which one is in every text that fits a regex; empty if none is known
  std::vector<Glob> globs;
  NetworkTree networks;
  // Of residual, and of compare if any element of a list or an object may fulfil it: lives in the plan or in the pack;
  // slots are of the text that it was taken from.
  const Term* term = nullptr;
  Slot slots = 0;
};

// Two to a line of memory, for most are decided by what stands here.
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
  std::uint8_t cost = 0;     // what to decide first: the cheapest
  FieldId field = no_field;
  StepId program = 0;
  HashFilter<1> filter;              // of the texts of the operand's set
  std::unique_ptr<Operand> operand;  // of compare and residual
};
static_assert(sizeof(Predicate) == 32);

}  // namespace picket
