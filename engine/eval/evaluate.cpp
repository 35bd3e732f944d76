#include "engine/eval/evaluate.hpp"

#include <utility>

namespace picket {

Evaluator::Evaluator(std::shared_ptr<const RuleSet> rules, EvaluatorOptions options)
    : rules_(std::move(rules)), options_(options), interpreter_(rules_->pack()) {}

std::span<const Match> Evaluator::judge(const Value& event, std::string_view log_type, Time now) {
  matches_.clear();
  candidates_.clear();
  given_up_ = 0;
  const std::span<const RuleIndex> candidates = rules_->rules_for(log_type);
  if (candidates.empty()) return matches_;
  input_ = {.event = &event, .log_type = log_type, .now = now, .mocks = nullptr, .steps = options_.steps};
  interpreter_.start(input_);
  for (const RuleIndex index : candidates) {
    const CheckedRule& rule = *rules_->rules()[index];
    if (rule.uses_memory) {
      candidates_.push_back({.index = index, .rule = &rule});
      continue;
    }
    if (holds(rule)) matches_.push_back({.index = index, .rule = &rule});
  }
  return matches_;
}

// The budget is the event's, so a rule may meet an end that its neighbours brought about: it is asked once more with a
// budget of its own, and only a rule that spends that too is given up. A policy's alert is the absence of truth, hence
// the care not to take "gave up" for "false".
bool Evaluator::holds(const CheckedRule& rule) {
  bool condition = interpreter_.holds(rule.condition);
  if (interpreter_.exhausted()) {
    interpreter_.start(input_);
    condition = interpreter_.holds(rule.condition);
    if (interpreter_.exhausted()) {
      ++given_up_;
      interpreter_.start(input_);
      return false;
    }
  }
  return alerts(*rule.rule, condition);
}

AlertTexts Evaluator::texts(const Match& match) {
  AlertTexts texts = alert_texts(interpreter_, *match.rule);
  if (!interpreter_.exhausted()) return texts;
  interpreter_.start(input_);
  return alert_texts(interpreter_, *match.rule);
}

}  // namespace picket
