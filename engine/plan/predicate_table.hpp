// PredicateTable: the fields and predicates of one log type while its plan is made, each distinct one once. Internal to
// engine/plan.
#pragma once

#include <deque>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "engine/plan/access.hpp"
#include "engine/plan/predicate.hpp"
#include "engine/plan/rarity.hpp"

namespace picket {

// Of which one stands in a text that is equal to the right side of a comparison, holds it, begins or ends with it, or
// is among its elements; … that fits one of its globs; … in which one of the regexes is found. Folded; none if an
// element tells of no text.
[[nodiscard]] std::vector<std::string> folded_texts_of(const Value& right);
[[nodiscard]] std::vector<std::string> texts_of_globs(const Value& right);
[[nodiscard]] std::vector<std::string> texts_of_regexes(std::span<const Regex> regexes);
// The longest part of a glob that stands for itself, folded.
[[nodiscard]] std::string text_of_glob(const std::string& glob);

// Fields are numbered as they are met, by their place in `paths`.
class PredicateTable {
 public:
  static constexpr FieldId log_type_field = 0;

  PredicateTable();

  [[nodiscard]] FieldId field(const std::vector<std::string>& keys);
  // The comparison of a field with a constant; patterns are taken from `compare`, sides and negation are not.
  // REQUIRES: the constant is no empty list where the operator asks for any or all of a list.
  [[nodiscard]] PredicateId compare(const CompareTerm& compare, Op op, FieldId field, const Value& constant);
  [[nodiscard]] PredicateId is(IsKind kind, FieldId field);
  [[nodiscard]] PredicateId truth(FieldId field);
  [[nodiscard]] PredicateId program();
  // That a term is only true if the field holds something, and one of the texts stands in it, if it is a list or an
  // object.
  struct Within {
    FieldId field = no_field;
    std::vector<std::string> texts;  // folded
  };
  // The same of any element, where the field is a list or an object: `any`, which is then asked. `of_address`: it also
  // asks whether the element is one, which makes it another predicate. REQUIRES: the constant is not null, nor a list
  // with null in it.
  [[nodiscard]] PredicateId compare_elements(const CompareTerm& compare, FieldId field, const Value& constant,
                                             const Term& any, bool of_address, Slot slots, Within within);
  // `needs`: fields of which each must be there for the term to be true.
  [[nodiscard]] PredicateId residual(const Term& term, Slot slots, std::span<const FieldId> needs, Within within);
  // Keeps a term that a residual predicate shall point to.
  [[nodiscard]] const Term* keep(Term term);

  // What the plan takes over.
  std::vector<FieldPathKeys> paths;
  std::vector<Predicate> predicates;
  std::deque<Term> terms;

  // Of which at least one holds where the predicate is `value`; several such sets, of which any will do. None: nothing
  // is known.
  [[nodiscard]] std::vector<std::vector<AccessKey>> covers(PredicateId id, bool value, const Rarity& rarity) const;

 private:
  [[nodiscard]] PredicateId intern(std::string key, Predicate predicate);
  [[nodiscard]] Predicate comparison(const CompareTerm& compare, Op op, FieldId field, const Value& constant) const;

  std::map<std::vector<std::string>, FieldId> fields_;
  std::map<std::string, PredicateId> known_;
  // Of residual predicates that are true.
  struct Needs {
    std::vector<FieldId> fields;      // each of which is there
    std::vector<std::string> within;  // of which one stands in the predicate's field, as Within::texts
  };
  std::map<PredicateId, Needs> needs_;
};

}  // namespace picket
