// The walk over a Term, which is what an interpreter does. Used by the .cpp files beside it and nobody else.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "engine/eval/access.hpp"
#include "engine/eval/interpret.hpp"

namespace picket {

// The evaluation of one text: its slots, and the walk.
//
// look() returns a reference, so that reading a field of the event copies nothing. It refers to the event, the pack, a
// value remembered by the interpreter, a slot of this evaluation, or to `scratch`, and is good until the caller looks
// into the same scratch again.
class Evaluation {
 public:
  Evaluation(Interpreter& interpreter, Slot slots) : run_(interpreter), slots_(slots) {}

  Value evaluate(const Term& term) {
    Value scratch;
    const Value& value = look(term, scratch);
    if (&value == &scratch) return scratch;
    return value;
  }

 private:
  // A slot holds nothing yet, a value of its own, an element of a list that outlives it, or an argument to evaluate
  // when it is asked for.
  struct SlotState {
    const Value* element = nullptr;
    const Term* argument = nullptr;
    std::optional<Value> value;
  };

  const Value& look(const Term& term, Value& scratch);
  const Value& look_at_node(const Term& term, Value& scratch);
  bool settle_item(const Term& term);
  bool holds(const Term& term) {
    Value scratch;
    return look(term, scratch).truth();
  }

  // --- terms that name a value there is: walk_reading.cpp ---

  const Value& read(const ConstantTerm& term, Value&) { return term.value; }
  const Value& read(const EventTerm&, Value&) const { return event(); }
  const Value& read(const FieldTerm& term, Value& scratch);
  const Value& read(const UdmTerm& term, Value&);
  const Value& read(const SlotTerm& term, Value&);
  const Value& read(const LocalTerm& term, Value&);
  const Value& read(const SharedTerm& term, Value&);
  const Value& read(const MemberTerm& term, Value& scratch);

  // --- terms that pass on the value of another ---

  const Value& read(const UnfoldedTerm& term, Value& scratch);
  const Value& read(const ScopeTerm& term, Value& scratch) {
    for (const Slot slot : term.locals) slots_[slot] = SlotState{};
    return look(*term.body, scratch);
  }
  const Value& read(const FallbackTerm& term, Value& scratch) {
    const Value& left = look(*term.left, scratch);
    const bool taken = term.unless_falsy ? left.truth() : !left.is_null();
    if (run_.every_arm_ && taken) static_cast<void>(holds(*term.right));
    return taken ? left : look(*term.right, scratch);
  }
  const Value& read(const IfTerm& term, Value& scratch) {
    const bool fits = holds(*term.condition);
    if (run_.observations_ != nullptr) {
      observe(PartKind::arm, term.then_site, fits);
      observe(PartKind::arm, term.otherwise_site, !fits);
    }
    const bool is_written = term.then_site != nullptr;
    if (run_.every_arm_ && is_written) static_cast<void>(holds(fits ? *term.otherwise : *term.then));
    return look(fits ? *term.then : *term.otherwise, scratch);
  }

  // --- terms that make a value: walk_making.cpp ---

  Value make(const TemplateTerm& term);
  Value make(const NowTerm&) const { return run_.input_.now; }
  Value make(const IndexTerm& term);
  Value make(const SliceTerm& term);
  Value make(const EachTerm& term);
  Value make(const EachMemberTerm& term);
  Value make(const EachIndexTerm& term);
  Value make(const CallTerm& term);
  Value make(const HasTerm& term);
  Value make(const NegateTerm& term);
  Value make(const ArithmeticTerm& term);
  Value make(const CompareTerm& term);
  Value make(const IsTerm& term);
  Value make(const TruthTerm& term);
  Value make(const NotTerm& term) { return !holds(*term.operand); }
  Value make(const LogicTerm& term);
  Value make(const BinderTerm& term);
  Value make(const ListTerm& term);
  Value make(const ObjectTerm& term);

  bool compare(const CompareTerm& term, const Value& left, const Value& right);
  void bind(const BinderTerm& term, const Value* key, const Value& element);
  template <typename Visit>
  void each_entry(const BinderTerm& term, const Value& source, const Visit& visit);
  // A comparison has been made: the result that counts.
  struct Compared {
    const std::shared_ptr<const Site>& site;
    const Term& left_term;
    const Value& left;
    const Value* right = nullptr;
    const CompareTerm* term = nullptr;
  };
  bool settle(bool result, const Compared& compared);
  void observe(PartKind part, const std::shared_ptr<const Site>& site, bool result);
  Value paid(Value value) { return run_.budget_.spend_on_value(value) ? std::move(value) : Value(); }

  [[nodiscard]] const Value& event() const {
    const EvaluationInput& input = run_.input_;
    return input.reader == nullptr ? *input.event : input.reader->event();
  }

  Interpreter& run_;
  std::vector<SlotState> slots_;
};

}  // namespace picket
