// MemoryJudge: the verdicts of rules that remember. What such a rule says of an event depends on the events before it,
// so an Executor, which judges events side by side, only finds candidates; here they are decided, one event after
// another.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "engine/eval/evaluate.hpp"
#include "engine/eval/interpret.hpp"
#include "engine/eval/judge.hpp"
#include "engine/memory/memory.hpp"
#include "engine/ruleset/ruleset.hpp"

namespace picket {

// An event at its place in the order of events. Lives while it is judged.
struct EventInTime {
  EventReader& event;
  std::string_view log_type;
  Time now;  // what `now` is
  // By which memory ages: the event's time, within what the caller trusts. (An event that claims to be of the year 9999
  // would make every key forgotten that has an end.)
  Time at;
};

struct RememberingMatch {
  Match match;
  AlertTexts texts;
};

// Judges by the interpreter. For one thread; keeps its rule set alive.
class MemoryJudge {
 public:
  // `memory` must outlive the judge, and be written by nobody else while it judges.
  MemoryJudge(std::shared_ptr<const RuleSet> rules, Memory& memory, EvaluatorOptions options = {});

  // The matches among the candidates, which are in the rules' order, with what they say. All of them see the memory as
  // it was before the event; then what they remember is written, in the same order. The span is good until the next
  // call.
  [[nodiscard]] std::span<const RememberingMatch> judge(const EventInTime& event, std::span<const Match> candidates);

  // How many of the candidates ran out of steps on the event judged last: they neither matched it nor wrote.
  [[nodiscard]] std::size_t given_up() const { return given_up_; }

  [[nodiscard]] const RuleSet& rules() const { return *rules_; }

 private:
  [[nodiscard]] bool judge_one(const Match& candidate);
  [[nodiscard]] AlertTexts texts_of(const CheckedRule& rule);

  std::shared_ptr<const RuleSet> rules_;
  Memory& memory_;
  EvaluatorOptions options_;
  Interpreter interpreter_;
  EvaluationInput input_;
  std::vector<RememberingMatch> matches_;
  std::vector<MemoryWrite> writes_;
  std::size_t given_up_ = 0;
};

}  // namespace picket
