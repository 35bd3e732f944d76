// The interpreter: walks a Term over an event. It is slow, obvious and right by inspection, and so the oracle for every
// faster engine; it also explains. The door of engine/eval.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/analyse/checked.hpp"
#include "engine/analyse/parts.hpp"
#include "engine/eval/budget.hpp"
#include "engine/eval/recollection.hpp"
#include "engine/event/value.hpp"

namespace picket {

// One evaluation of one part of a condition.
struct Observation {
  PartKind part{};
  const Site* site = nullptr;  // lives as long as the checked pack
  bool result = false;         // of an arm: whether it was taken
  // Of a comparison only; `left` and `right` as compared; an `is`, a bare value and an item have no right.
  Value left;
  std::optional<Value> right;
  const CompareTerm* term = nullptr;  // null for an `is`, a bare value and an item
  std::string path;         // the field of the left side, "userIdentity.type", if it is one; of an item that of `left`
  std::size_t ordinal = 0;  // the how many-eth comparison since start() this is
  // Of an item (TermItem); `left` is then the value of the first of its fields that has one, null if none has.
  const TermItem* item = nullptr;
  std::vector<Observation> within;  // what it is made of
};

// How much of a condition is evaluated while somebody observes: what its value needs; also the operands of `and` and
// `or`, and the elements, that would not change it any more; also what a choice does not take.
enum class Thoroughness : std::uint8_t { as_needed, every_operand, everything };

// Definitions replaced by a value for one evaluation (`Mocks`).
using Mocks = std::map<DefinitionIndex, Value>;

// An event that is read bit by bit, for an interpreter that is not to have all of it at once.
class EventReader {
 public:
  EventReader() = default;
  EventReader(const EventReader&) = delete;
  EventReader& operator=(const EventReader&) = delete;
  virtual ~EventReader() = default;

  // The event; an object. What is returned here and below stays until the next event.
  [[nodiscard]] virtual const Value& event() = 0;
  // What stands where the first `steps` steps of a path lead; null if it cannot be told without the whole event.
  struct Reading {
    const Value* value = nullptr;
    std::size_t steps = 0;
  };
  [[nodiscard]] virtual Reading read(const FieldTerm& term) = 0;
};

struct EvaluationInput {
  const Value* event = nullptr;   // not owned; an object
  EventReader* reader = nullptr;  // not owned; null: `event` is there
  std::string_view log_type;      // chooses the data model; empty for none
  Time now;
  const Mocks* mocks = nullptr;   // not owned; may be null
  MemorySnapshot memory = {};     // of none: every key is absent
  std::size_t steps = 1'000'000;  // terms and list elements visited before the evaluation gives up
};

// Evaluates texts of one checked pack over one event at a time. Definitions, data model fields and `now` are evaluated
// at most once per event, shared by all texts asked of it. Not for use by two threads at once: one per thread.
class Interpreter {
 public:
  // `pack` must outlive the interpreter.
  explicit Interpreter(const CheckedPack& pack);

  // Begins with an event and forgets the last one. What `input` points to and the log type must live until the
  // next start().
  void start(const EvaluationInput& input);

  // REQUIRES: start() was called. Total: never throws for any event.
  [[nodiscard]] Value evaluate(const CheckedText& text);
  [[nodiscard]] bool holds(const CheckedText& text) { return evaluate(text).truth(); }
  // The truth of a term that stands by itself; `slots` are those of the text that it was taken from.
  [[nodiscard]] bool holds(const Term& term, Slot slots);

  // Observations are collected from now on, until null is given.
  void observe(std::vector<Observation>* observations, Thoroughness thoroughness = Thoroughness::as_needed) {
    observations_ = asked_for_ = observations;
    thorough_ = observations != nullptr && thoroughness != Thoroughness::as_needed;
    every_arm_ = observations != nullptr && thoroughness == Thoroughness::everything;
  }

  // Until the next start(), the comparison of this ordinal says the opposite of what it finds: what would the verdict
  // be, were it otherwise?
  void flip(std::size_t ordinal) { flipped_ = ordinal; }

  // The keys of the memory that were asked for since start(), and what they held.
  [[nodiscard]] const Recollection& recollection() const { return recollection_; }

  // Steps spent since start().
  [[nodiscard]] std::size_t steps() const { return input_.steps - budget_.left(); }

  // Whether the step budget ran out since start(): then every value since is null.
  [[nodiscard]] bool exhausted() const { return budget_.exhausted(); }

 private:
  friend class Evaluation;  // the walk itself, in walk.hpp

  const CheckedPack& pack_;
  EvaluationInput input_;
  const CheckedModel* model_ = nullptr;       // of the event's log type, or null
  std::vector<std::optional<Value>> shared_;  // by definition, for this event …
  std::vector<DefinitionIndex> evaluated_;    // … those of them that are there
  std::map<std::string, Value, std::less<>> udm_;
  Recollection recollection_;
  std::vector<Observation>* observations_ = nullptr;  // where they go now: within an item to what it is made of
  std::vector<Observation>* asked_for_ = nullptr;     // by observe()
  bool thorough_ = false;
  bool every_arm_ = false;
  std::size_t compared_ = 0;  // comparisons since start()
  std::optional<std::size_t> flipped_;
  Budget budget_;
  std::size_t depth_ = 0;  // of terms within terms, across definitions
};

}  // namespace picket
