// Evaluator: an event in, the rules that match it out.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "engine/eval/interpret.hpp"
#include "engine/eval/judge.hpp"
#include "engine/ruleset/ruleset.hpp"

namespace picket {

// A rule and an event that fulfils it: stateless, before any deduplication or threshold.
struct Match {
  RuleIndex index = 0;
  const CheckedRule* rule = nullptr;  // of the rule set
};

struct EvaluatorOptions {
  std::size_t steps = 1'000'000;  // for one event, see EvaluationInput
};

// Judges one event at a time by all rules of its log type. One per thread; keeps its rule set alive.
class Evaluator {
 public:
  explicit Evaluator(std::shared_ptr<const RuleSet> rules, EvaluatorOptions options = {});

  // The matches, in the rules' order. They, and what texts() says of them, are of this event until the next call;
  // `event` and `log_type` must live as long. REQUIRES: event is an object.
  [[nodiscard]] std::span<const Match> judge(const Value& event, std::string_view log_type, Time now);

  // The rules that remember (MemoryJudge decides them), of the log type of the event judged last. The matches have none
  // of these.
  [[nodiscard]] std::span<const Match> candidates() const { return candidates_; }

  // What a match of the event judged last would say. Evaluated here, so that events without a match do not pay for it.
  [[nodiscard]] AlertTexts texts(const Match& match);

  // How many of the rules ran out of steps on the event judged last, and so did not match it.
  [[nodiscard]] std::size_t given_up() const { return given_up_; }

  [[nodiscard]] const RuleSet& rules() const { return *rules_; }

 private:
  [[nodiscard]] bool holds(const CheckedRule& rule);

  std::shared_ptr<const RuleSet> rules_;
  EvaluatorOptions options_;
  Interpreter interpreter_;
  EvaluationInput input_;
  std::vector<Match> matches_;
  std::vector<Match> candidates_;
  std::size_t given_up_ = 0;
};

}  // namespace picket
