#include "engine/eval/recogniser.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "engine/shape/windows_event.hpp"

namespace picket {

bool may_be_recognised(const RuleSet& recognition, std::string_view log_type) {
  return log_type.empty() || std::ranges::any_of(recognition.rules(), [log_type](const CheckedRule* rule) {
           return rule->rule->id.value == log_type;
         });
}

Recogniser::Recogniser(const RuleSet& rules, EvaluatorOptions options) {
  if (rules.recognition() != nullptr) evaluator_.emplace(rules.recognition(), options);
}

Recogniser::Recogniser(const CheckedPack& pack) {
  if (pack.recognition != nullptr) evaluator_.emplace(std::make_shared<const RuleSet>(pack.recognition));
}

EventSample recognised(const EventSample& sample, const CheckedPack& pack) {
  if (pack.recognition == nullptr) return sample;
  Recogniser recogniser(pack);
  EventSample known;
  sample.for_each([&](const std::string& log_type, const Value& event) {
    Recogniser::Recognised is = recogniser.recognise(event, log_type, Time{});
    known.add(is.flat ? *std::move(is.flat) : event, is.log_type);
  });
  return known;
}

Recogniser::Recognised Recogniser::recognise(const Value& event, std::string_view log_type, Time now) {
  Recognised recognised{.log_type = std::string(log_type), .flat = std::nullopt};
  if (!evaluator_ || !may_be_recognised(evaluator_->rules(), log_type)) return recognised;
  recognised.flat = flat_windows_event(event);
  if (!log_type.empty()) return recognised;
  const auto matches = evaluator_->judge(recognised.flat ? *recognised.flat : event, "", now);
  if (!matches.empty()) recognised.log_type = matches.front().rule->rule->id.value;
  return recognised;
}

}  // namespace picket
