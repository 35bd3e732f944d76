// RulesVersion: a rule set as it is published to those who judge: with a name, which its alerts carry, and the facts
// of its rules.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/ruleset/ruleset.hpp"
#include "engine/state/event_time.hpp"
#include "engine/state/find_rule.hpp"
#include "engine/state/rule_facts.hpp"

namespace picket {

// Immutable once made, and safe to share between threads.
class RulesVersion {
 public:
  // The name is a digest of the rules' files: the same files, the same name.
  RulesVersion(std::shared_ptr<const RuleSet> rules, const AttackTable& attack, EventTimes::Paths time_paths = {});

  [[nodiscard]] const std::shared_ptr<const RuleSet>& rules() const { return rules_; }
  [[nodiscard]] const std::string& name() const { return name_; }
  // The pack of the rule set; correlation rules are there.
  [[nodiscard]] const std::shared_ptr<const CheckedPack>& pack() const { return pack_; }
  // REQUIRES: an index of the rule set.
  [[nodiscard]] const std::shared_ptr<const RuleFacts>& facts(RuleIndex rule) const { return facts_[rule]; }
  // Null if there is no such rule.
  [[nodiscard]] std::shared_ptr<const RuleFacts> find(std::string_view rule_id) const;
  // Nothing if there is no such rule, or it is a correlation rule.
  [[nodiscard]] std::optional<RuleIndex> index_of(std::string_view rule_id) const;
  // How to read the times of events: for one thread.
  [[nodiscard]] EventTimes event_times() const { return EventTimes(pack_, time_paths_); }

 private:
  std::shared_ptr<const RuleSet> rules_;
  std::shared_ptr<const CheckedPack> pack_;
  std::string name_;
  std::vector<std::shared_ptr<const RuleFacts>> facts_;
  std::unordered_map<std::string_view, std::shared_ptr<const RuleFacts>> by_id_;  // correlation rules among them
  std::unordered_map<std::string_view, RuleIndex> indices_;
  EventTimes::Paths time_paths_;
};

// Finds the rules of a version, which it keeps; none if that is null.
[[nodiscard]] FindRule find_in(std::shared_ptr<const RulesVersion> rules);

}  // namespace picket
