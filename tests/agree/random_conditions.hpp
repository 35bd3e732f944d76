// Conditions and values at random, directed by the grammar: every production of the language, every operator and
// function of its tables.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "grammar/ast/functions.hpp"
#include "tests/agree/chance.hpp"

namespace picket::tests {

// Names that a text may use besides the event's fields.
struct KnownNames {
  std::vector<std::string> values;      // of any kind: definitions of the rule and of libraries, udm fields
  std::vector<std::string> truths;      // definitions that are true or false
  std::vector<std::string> lists;       // constant lists
  std::vector<std::string> predicates;  // definitions of one parameter
};

class RandomTexts {
 public:
  // Both are borrowed.
  RandomTexts(Chance& chance, const KnownNames& names) : chance_(chance), names_(names) {}

  // A condition as rules have them: lines of comparisons of fields with constants, now and then something larger.
  [[nodiscard]] std::string rule_condition();
  // A comparison of a field with a constant.
  [[nodiscard]] std::string atom();
  // Anything that the grammar makes, `depth` productions deep at most.
  [[nodiscard]] std::string condition(std::size_t depth);
  // An expression of one of the kinds, or one of which only the event decides what it is.
  [[nodiscard]] std::string value(Kinds kinds, std::size_t depth);
  // Text with holes, as AlertTitle holds it.
  [[nodiscard]] std::string text_template();
  [[nodiscard]] std::string severity();
  [[nodiscard]] std::string destinations();
  [[nodiscard]] std::string context_entries();

 private:
  [[nodiscard]] std::string literal(Kinds kinds);
  [[nodiscard]] std::string list_of_literals(Kinds kinds);
  [[nodiscard]] std::string comparison(std::size_t depth);
  // What may be asked of a value of the kind; of a field, anything.
  [[nodiscard]] std::string clause(Kinds left, std::size_t depth);
  [[nodiscard]] std::string string_clause(std::size_t depth);
  [[nodiscard]] std::string list_clause();
  [[nodiscard]] std::string question();
  [[nodiscard]] std::string joined(std::size_t depth);
  [[nodiscard]] std::string group(std::size_t depth);
  [[nodiscard]] std::string block(std::size_t depth);
  [[nodiscard]] std::string binder(std::string_view word, std::size_t depth);
  [[nodiscard]] std::string choice(bool of_conditions, std::size_t depth);
  [[nodiscard]] std::string call(Kinds kinds, std::size_t depth);
  [[nodiscard]] std::string argument(const FunctionParameter& parameter, std::size_t depth);
  [[nodiscard]] std::string made(Kinds kinds, std::size_t depth);
  [[nodiscard]] std::string made_number(std::size_t depth);
  [[nodiscard]] std::string one_of(const std::vector<std::string>& names) { return names[chance_.below(names.size())]; }
  [[nodiscard]] bool one_in(std::size_t n) { return chance_.one_in(n); }

  Chance& chance_;
  const KnownNames& names_;
  std::vector<std::string> variables_;  // of the binders around; "." is the element of one without a name
};

}  // namespace picket::tests
