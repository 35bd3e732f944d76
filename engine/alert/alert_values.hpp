// Parts of alerts as values of JSON, for the formats.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/event/value.hpp"
#include "engine/state/alert.hpp"

namespace picket {

[[nodiscard]] Value text_or_null(const std::string& text);
[[nodiscard]] Value time_or_null(const std::optional<Time>& time);
[[nodiscard]] Value count_value(std::uint64_t count);
[[nodiscard]] Value list_value(const std::vector<std::string>& items);
[[nodiscard]] Value reports_value(const RuleFacts& rule);

// The moment that an alert speaks of: when the latest of its events happened, else when its window began. (Not when it
// is written: the same events give the same alerts, whenever they are judged.)
[[nodiscard]] Time moment_of(const Alert& alert);

// `DisplayName`, else `RuleID`.
[[nodiscard]] const std::string& name_of(const RuleFacts& rule);

// From 1 (Info) to 5 (Critical).
[[nodiscard]] int severity_number(Severity severity);

// An id of MITRE ATT&CK taken apart: "T1078.004" is the technique T1078 and the sub-technique T1078.004. The names are
// "Valid Accounts" and "Cloud Accounts"; empty if they are not known.
struct AttackTechnique {
  std::string id;
  std::string name;
  std::string sub_id;  // empty if there is none
  std::string sub_name;
};
[[nodiscard]] AttackTechnique technique_of(const AttackName& name);

// Adds the value to the object, unless it is null or empty.
void set_known(Object& object, std::string_view key, Value value);

}  // namespace picket
