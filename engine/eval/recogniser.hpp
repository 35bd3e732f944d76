// Recogniser: what an event is that does not say so. Slow, for one event at a time: the Executor does the same within
// its own work, and must come to the same.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/eval/evaluate.hpp"
#include "engine/event/value.hpp"
#include "engine/plan/sample.hpp"
#include "engine/ruleset/ruleset.hpp"

namespace picket {

class Recogniser {
 public:
  // By what the rules know; if that is nothing, events are left as they are.
  explicit Recogniser(const RuleSet& rules, EvaluatorOptions options = {});
  explicit Recogniser(const CheckedPack& pack);

  struct Recognised {
    std::string log_type;       // the given one, else what the event looks like; empty for neither
    std::optional<Value> flat;  // the event in the form that rules read, if it came in another
  };
  // `log_type`: what the event carries or its source says; empty for none. REQUIRES: event is an object.
  [[nodiscard]] Recognised recognise(const Value& event, std::string_view log_type, Time now);

 private:
  std::optional<Evaluator> evaluator_;
};

// The sample with the log types that its events turn out to have, as the pack knows them.
[[nodiscard]] EventSample recognised(const EventSample& sample, const CheckedPack& pack);

// Whether the log type is one that the rules of `recognition` tell, or is not known yet.
[[nodiscard]] bool may_be_recognised(const RuleSet& recognition, std::string_view log_type);

}  // namespace picket
