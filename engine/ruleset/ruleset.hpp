// RuleSet: the rules that judge events, found by log type, and the plan to judge by. The door of engine/ruleset.
//
// Immutable once built and safe to share between threads: an Evaluator per thread reads it. Whoever publishes rules to
// running threads shares a `std::shared_ptr<const RuleSet>`.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/analyse/checked.hpp"

namespace picket {

class EventSample;  // engine/plan/sample.hpp
class Plan;         // engine/plan/plan.hpp

// An index into RuleSet::rules().
using RuleIndex = std::uint32_t;

class RuleSet {
 public:
  // Takes the enabled rules of a pack, in the pack's order. Rules with errors are not in a checked pack, so a set holds
  // none.
  // `sample`, which is only read now, makes the plan a better one for events like it; null for none.
  explicit RuleSet(std::shared_ptr<const CheckedPack> pack, const EventSample* sample = nullptr);
  RuleSet(const RuleSet&) = delete;
  RuleSet& operator=(const RuleSet&) = delete;
  ~RuleSet();

  [[nodiscard]] const CheckedPack& pack() const { return *pack_; }
  // What tells the log types of events that do not carry one: rules whose ids those are. Null if there is nothing.
  [[nodiscard]] const std::shared_ptr<const RuleSet>& recognition() const { return recognition_; }
  // The rules compiled.
  [[nodiscard]] const Plan& plan() const { return *plan_; }
  [[nodiscard]] std::span<const CheckedRule* const> rules() const { return rules_; }
  // Rules of the pack that say `Enabled: false`.
  [[nodiscard]] std::size_t disabled() const { return disabled_; }

  // The rules that judge events of a log type, ascending: those that name it. For an event without one (an empty
  // word): those that name none.
  [[nodiscard]] std::span<const RuleIndex> rules_for(std::string_view log_type) const;
  // Every log type that some rule names, sorted.
  [[nodiscard]] std::vector<std::string_view> log_types() const;

 private:
  std::shared_ptr<const CheckedPack> pack_;
  std::vector<const CheckedRule*> rules_;
  std::map<std::string, std::vector<RuleIndex>, std::less<>> by_log_type_;
  std::unique_ptr<const Plan> plan_;
  std::shared_ptr<const RuleSet> recognition_;
  std::size_t disabled_ = 0;
};

}  // namespace picket
