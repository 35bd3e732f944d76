#include "engine/eval/interpret.hpp"

#include "engine/eval/walk.hpp"

namespace picket {

Interpreter::Interpreter(const CheckedPack& pack) : pack_(pack), shared_(pack.definitions.size()) {}

void Interpreter::start(const EvaluationInput& input) {
  input_ = input;
  model_ = nullptr;
  const auto model = pack_.model_of_log_type.find(input.log_type);
  if (model != pack_.model_of_log_type.end()) model_ = &pack_.models[model->second];
  for (const DefinitionIndex definition : evaluated_) shared_[definition].reset();
  evaluated_.clear();
  udm_.clear();
  recollection_.start(input.memory);
  budget_ = Budget(input.steps);
  depth_ = 0;
  compared_ = 0;
  flipped_.reset();
}

Value Interpreter::evaluate(const CheckedText& text) {
  Value value = Evaluation(*this, text.slots).evaluate(text.term);
  return exhausted() ? Value() : value;
}

bool Interpreter::holds(const Term& term, Slot slots) {
  const bool truth = Evaluation(*this, slots).evaluate(term).truth();
  return truth && !exhausted();
}

}  // namespace picket
