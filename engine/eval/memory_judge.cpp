#include "engine/eval/memory_judge.hpp"

#include <optional>
#include <utility>

#include "engine/eval/remember.hpp"

namespace picket {

MemoryJudge::MemoryJudge(std::shared_ptr<const RuleSet> rules, Memory& memory, EvaluatorOptions options)
    : rules_(std::move(rules)), memory_(memory), options_(options), interpreter_(rules_->pack()) {}

std::span<const RememberingMatch> MemoryJudge::judge(const EventInTime& event, std::span<const Match> candidates) {
  matches_.clear();
  writes_.clear();
  given_up_ = 0;
  if (candidates.empty()) return matches_;
  input_ = {};
  input_.reader = &event.event;
  input_.log_type = event.log_type;
  input_.now = event.now;
  input_.memory = {.memory = &memory_, .at = event.at};
  input_.steps = options_.steps;
  interpreter_.start(input_);
  for (const Match& candidate : candidates) {
    if (judge_one(candidate)) continue;
    // The steps are the event's: who ran out of them may have met an end that its neighbours brought about.
    interpreter_.start(input_);
    if (!judge_one(candidate)) {
      ++given_up_;
      interpreter_.start(input_);
    }
  }
  for (const MemoryWrite& write : writes_) memory_.write(write, event.at);
  return matches_;
}

// False, with nothing done, if the steps did not suffice for the verdict and the write.
bool MemoryJudge::judge_one(const Match& candidate) {
  const CheckedRule& rule = *candidate.rule;
  const bool matches = alerts(*rule.rule, interpreter_.holds(rule.condition));
  std::optional<MemoryWrite> write = write_of(interpreter_, rule);
  if (interpreter_.exhausted()) return false;
  if (write) writes_.push_back(*std::move(write));
  if (matches) matches_.push_back({.match = candidate, .texts = texts_of(rule)});
  return true;
}

AlertTexts MemoryJudge::texts_of(const CheckedRule& rule) {
  AlertTexts texts = alert_texts(interpreter_, rule);
  if (!interpreter_.exhausted()) return texts;
  interpreter_.start(input_);
  return alert_texts(interpreter_, rule);
}

}  // namespace picket
