#include "engine/ruleset/ruleset.hpp"

#include <utility>

#include "engine/plan/plan.hpp"

namespace picket {

RuleSet::RuleSet(std::shared_ptr<const CheckedPack> pack, const EventSample* sample) : pack_(std::move(pack)) {
  for (const CheckedRule& checked : pack_->rules) {
    if (!checked.rule->enabled) {
      ++disabled_;
      continue;
    }
    const auto index = static_cast<RuleIndex>(rules_.size());
    rules_.push_back(&checked);
    if (checked.rule->log_types.empty()) by_log_type_[""].push_back(index);
    for (const Located<std::string>& log_type : checked.rule->log_types) {
      std::vector<RuleIndex>& rules = by_log_type_[log_type.value];
      if (rules.empty() || rules.back() != index) rules.push_back(index);  // a rule may name a log type twice
    }
  }
  PlanInput input{.pack = pack_.get(), .rules = rules_, .log_types = {}, .sample = sample};
  for (const auto& [log_type, rules] : by_log_type_) input.log_types.push_back({.log_type = log_type, .rules = rules});
  plan_ = std::make_unique<const Plan>(input);
  if (pack_->recognition != nullptr) recognition_ = std::make_shared<const RuleSet>(pack_->recognition);
}

RuleSet::~RuleSet() = default;

std::span<const RuleIndex> RuleSet::rules_for(std::string_view log_type) const {
  const auto found = by_log_type_.find(log_type);
  if (found == by_log_type_.end()) return {};
  return found->second;
}

std::vector<std::string_view> RuleSet::log_types() const {
  std::vector<std::string_view> names;
  for (const auto& [name, rules] : by_log_type_) {
    if (!name.empty()) names.push_back(name);
  }
  return names;
}

}  // namespace picket
