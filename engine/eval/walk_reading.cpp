// The step of the walk, and terms that name a value there is: fields, variables, definitions, the data model.
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <variant>

#include "engine/eval/walk.hpp"

namespace picket {
namespace {

// A thread's stack holds so many terms within terms several times over; no text that a person writes comes near.
constexpr std::size_t deepest = 1'000;

}  // namespace

const Value& Evaluation::look(const Term& term, Value& scratch) {
  if (run_.depth_ >= deepest) (void)run_.budget_.spend(SIZE_MAX);
  if (!run_.budget_.spend(1)) return null_value();
  ++run_.depth_;
  const Value& value = term.item == nullptr ? look_at_node(term, scratch) : scratch = settle_item(term);
  --run_.depth_;
  return value;
}

const Value& Evaluation::look_at_node(const Term& term, Value& scratch) {
  const auto step = [&](const auto& node) -> const Value& {
    if constexpr (requires { read(node, scratch); }) {
      return read(node, scratch);
    } else {
      return scratch = make(node);
    }
  };
  return std::visit(step, term.node);
}

const Value& Evaluation::read(const FieldTerm& term, Value& scratch) {
  EventReader::Reading reading;
  if (run_.input_.reader != nullptr) reading = run_.input_.reader->read(term);
  const Value* value = reading.value != nullptr ? reading.value : &event();
  if (value->is_null()) return null_value();
  for (const PathStep& step : std::span(term.path).subspan(reading.steps)) {
    if (const auto* key = std::get_if<std::string>(&step)) {
      value = &member_of(*value, *key);
    } else if (const std::int64_t index = std::get<std::int64_t>(step); value->string() == nullptr) {
      value = &element_of(*value, index);
    } else {
      scratch = item_of(*value, index, run_.budget_);  // a character; no further step finds anything in it but itself
      value = &scratch;
    }
    if (value->is_null()) return null_value();
  }
  return *value;
}

const Value& Evaluation::read(const UdmTerm& term, Value&) {
  if (const auto known = run_.udm_.find(term.name); known != run_.udm_.end()) return known->second;
  // A mapping that asked for itself, which analysis does not let pass, would find this null.
  Value& value = run_.udm_[term.name];
  const CheckedText* mapping = nullptr;
  if (run_.model_ != nullptr) {
    const auto found = run_.model_->mappings.find(term.name);
    if (found != run_.model_->mappings.end()) mapping = &found->second;
  }
  value = mapping != nullptr ? Evaluation(run_, mapping->slots).evaluate(mapping->term) : evaluate(*term.unmapped);
  return value;
}

const Value& Evaluation::read(const SlotTerm& term, Value&) {
  SlotState& slot = slots_[term.slot];
  if (slot.element != nullptr) return *slot.element;
  if (!slot.value) slot.value = slot.argument == nullptr ? Value() : evaluate(*slot.argument);
  return *slot.value;
}

const Value& Evaluation::read(const LocalTerm& term, Value&) {
  SlotState& slot = slots_[term.slot];
  if (!slot.value) slot.value = evaluate(*term.body);
  return *slot.value;
}

const Value& Evaluation::read(const SharedTerm& term, Value&) {
  if (run_.input_.mocks != nullptr) {
    const auto mock = run_.input_.mocks->find(term.definition);
    if (mock != run_.input_.mocks->end()) return mock->second;
  }
  std::optional<Value>& shared = run_.shared_[term.definition];
  if (!shared) {
    const CheckedText& body = run_.pack_.definitions[term.definition].body;
    // A definition has words of its own, also where an item asks for it.
    std::vector<Observation>* const observations = std::exchange(run_.observations_, run_.asked_for_);
    shared = Evaluation(run_, body.slots).evaluate(body.term);
    run_.observations_ = observations;
    run_.evaluated_.push_back(term.definition);
  }
  return *shared;
}

const Value& Evaluation::read(const MemberTerm& term, Value& scratch) {
  const Value& base = look(*term.base, scratch);
  const Value& member = member_of(base, term.key);
  if (&base != &scratch) return member;
  // The member is a part of what the scratch holds.
  scratch = Value(member);
  return scratch;
}

const Value& Evaluation::read(const UnfoldedTerm& term, Value& scratch) {
  if (term.definition && run_.input_.mocks != nullptr) {
    const auto mock = run_.input_.mocks->find(*term.definition);
    if (mock != run_.input_.mocks->end()) return mock->second;
  }
  for (const auto& [slot, argument] : term.arguments) {
    slots_[slot] = SlotState{.element = nullptr, .argument = &*argument, .value = std::nullopt};
  }
  return look(*term.body, scratch);
}

}  // namespace picket
