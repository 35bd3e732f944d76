// RuleFacts: what is asked of a rule once it has matched. Made once for each rule of a rule set; its alerts share it,
// and keep it when the rule set is gone.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/event/value.hpp"
#include "engine/frontend/correlation_rule.hpp"
#include "engine/frontend/rule.hpp"

namespace picket {

class AttackTable;

// A technique of MITRE ATT&CK that a rule claims to detect, in the words of the table. What the table does not know,
// has no name.
struct AttackName {
  std::string tactic_id;
  std::string tactic;  // "Initial Access"
  std::string technique_id;
  std::string technique;  // "Valid Accounts: Cloud Accounts"
};

// Immutable once made, and safe to share between threads.
struct RuleFacts {
  std::string id;
  std::string display_name;  // empty if the rule has none
  std::vector<std::string> tags;
  std::vector<std::pair<std::string, std::vector<std::string>>> reports;  // {"MITRE ATT&CK", {"TA0001:T1078"}}
  std::vector<AttackName> attack;
  std::vector<std::string> output_ids;  // where its alerts go, unless an event says otherwise
  Duration dedup_period;
  std::uint64_t threshold = 1;  // at least 1
  bool unique = false;          // the threshold is one of distinct values of `Unique`
  bool create_alert = true;     // false: its matches are signals only
  Severity severity{};          // unless an event says otherwise
  std::string description;
  std::string reference;
  std::string runbook;

  std::string rules_version;  // of the rule set it belongs to
  // Of all that decides which matches one alert is made of. State that was kept under one fingerprint means nothing
  // under another.
  std::string fingerprint;
};

// `silenced`: a correlation wants its signals and no alerts of its own.
[[nodiscard]] std::shared_ptr<const RuleFacts> facts_of(const Rule& rule, const AttackTable& attack,
                                                        const std::string& rules_version, bool silenced);
// A correlation rule's firings are told apart by the values that belong together, and by its lookback.
[[nodiscard]] std::shared_ptr<const RuleFacts> facts_of(const CorrelationRule& rule, const AttackTable& attack,
                                                        const std::string& rules_version, bool silenced);

}  // namespace picket
