// Logic: a condition as and, or and not over predicates, made from terms. Internal to engine/plan.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/analyse/checked.hpp"
#include "engine/analyse/memory_use.hpp"
#include "engine/plan/plan.hpp"
#include "engine/plan/predicate_table.hpp"

namespace picket {

struct Logic {
  // `unknown` is what depends on the memory; no plan holds it.
  enum class Kind : std::uint8_t { constant, predicate, negation, conjunction, disjunction, unknown };
  Kind kind = Kind::constant;
  bool value = false;  // of a constant
  PredicateId predicate = no_predicate;
  std::vector<Logic> operands;  // one of a negation

  [[nodiscard]] static Logic constant(bool value);
  [[nodiscard]] static Logic of(PredicateId predicate);
  [[nodiscard]] static Logic unknown();
  [[nodiscard]] static Logic negation(Logic operand);
  // Flattened; constants decide or fall out.
  [[nodiscard]] static Logic all(std::vector<Logic> operands);
  [[nodiscard]] static Logic any(std::vector<Logic> operands);
};

// Whether there is something unknown in it; how many nodes it has.
[[nodiscard]] bool has_unknown(const Logic& logic);
[[nodiscard]] std::size_t size_of(const Logic& logic);

// A term and the text that it belongs to: slots mean something within one text only.
struct TextScope {
  Slot slots = 0;
  std::map<Slot, const Term*> arguments;  // of the calls met so far
};
struct PlacedTerm {
  const Term* term = nullptr;
  TextScope* scope = nullptr;
};

// Whether a comparison, not negated, is false for null and for an empty list on its left.
[[nodiscard]] bool false_for_nothing(const CompareTerm& compare, const Value& right);

// Makes the logic of the conditions of one log type, with the predicates that they ask.
class LogicBuilder {
 public:
  // All must outlive the builder. `model` may be null.
  LogicBuilder(const CheckedPack& pack, const CheckedModel* model, PredicateTable& predicates)
      : pack_(pack), model_(model), predicates_(predicates), memory_(pack.definitions, pack.models) {}

  // The truth of a condition. Never larger than a bound: what would be is left to the interpreter.
  [[nodiscard]] Logic truth(const CheckedText& text);
  // What holds for every event on which the rule alerts, and perhaps for others; … after which it writes.
  [[nodiscard]] Logic may_alert(const CheckedRule& rule);
  [[nodiscard]] Logic may_write(const CheckedRemember& remember);
  // The logic behind a predicate of kind `program`.
  [[nodiscard]] const Logic& program(PredicateId predicate) const { return programs_.at(predicate); }
  // In the order in which they were first met.
  [[nodiscard]] const std::map<PredicateId, Logic>& programs() const { return programs_; }
  // Whose they are.
  [[nodiscard]] const std::map<PredicateId, DefinitionIndex>& definitions_of_programs() const {
    return definitions_of_programs_;
  }
  // How fields are read within residual predicates.
  [[nodiscard]] const std::unordered_map<const FieldTerm*, FieldReading>& readings() const { return readings_; }

 private:
  // --- logic_truth.cpp ---
  [[nodiscard]] Logic truth(PlacedTerm placed);
  [[nodiscard]] Logic truth_of_value(PlacedTerm term);
  [[nodiscard]] std::optional<Logic> any_element(const BinderTerm& binder, PlacedTerm whole);
  [[nodiscard]] Logic is_null(PlacedTerm placed);
  [[nodiscard]] Logic is(const IsTerm& is, PlacedTerm operand, PlacedTerm whole);
  [[nodiscard]] Logic choice(Logic condition, Logic then, Logic otherwise);
  [[nodiscard]] Logic definition(DefinitionIndex definition);
  [[nodiscard]] Logic residual(PlacedTerm term);

  // --- logic_compare.cpp ---
  [[nodiscard]] Logic compare(const CompareTerm& compare, PlacedTerm whole);
  [[nodiscard]] Logic compare(const CompareTerm& compare, PlacedTerm placed, const Value& right);
  [[nodiscard]] Logic residual_compare(const CompareTerm& compare, PlacedTerm left, const Value& right);

  // --- logic_names.cpp ---
  // What a term stands for when names are looked through: arguments, local and shared definitions, the data model.
  [[nodiscard]] PlacedTerm resolve(PlacedTerm placed);
  // The field that a resolved term reads, if it is a path of keys.
  [[nodiscard]] FieldId field_of(const Term& term);
  // Fields without any one of which the term is null or an empty list; … it is false, taken as a condition.
  [[nodiscard]] std::vector<FieldId> nothing_without(PlacedTerm placed);
  [[nodiscard]] std::vector<FieldId> false_without(PlacedTerm placed);
  // A term that can be evaluated by itself: bound arguments go with it.
  [[nodiscard]] const Term* standalone(PlacedTerm term);
  // The field that the first steps of a path lead to, and how many those are.
  [[nodiscard]] FieldReading first_steps(const FieldTerm& field);
  [[nodiscard]] PredicateTable::Within within(const Term& term);
  // Notes what the interpreter will read.
  void note_readings(const Term& term);
  [[nodiscard]] PredicateId residual(const Term& term, const TextScope& scope, const std::vector<FieldId>& needs);
  [[nodiscard]] TextScope* scope_of(const CheckedText& text);

  [[nodiscard]] bool spend() { return ++size_ <= largest; }
  static constexpr std::size_t largest = 20'000;        // nodes of one condition
  static constexpr std::size_t largest_copied = 1'000;  // nodes of a definition with something unknown

  const CheckedPack& pack_;
  const CheckedModel* model_;
  PredicateTable& predicates_;
  MemoryUse memory_;
  std::map<const CheckedText*, TextScope> scopes_;
  std::map<DefinitionIndex, Logic> definitions_;
  std::map<PredicateId, Logic> programs_;
  std::map<PredicateId, DefinitionIndex> definitions_of_programs_;
  std::unordered_map<const FieldTerm*, FieldReading> readings_;
  std::set<const CheckedText*> noted_;  // definitions and mappings whose readings are known
  std::size_t size_ = 0;
};

}  // namespace picket
