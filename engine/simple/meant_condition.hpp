// "Did you mean" for the conditions of YAML detections.
#pragma once

#include <optional>
#include <string_view>

namespace picket::simple {

struct MeantCondition {
  std::string_view name;
  bool certain = false;  // no other is as near, and it turns nothing round
};

// The condition that was meant by a word that is none; nothing if none is near enough. A suggestion that forgot a
// `Not`, or made one up, would turn a detection into its opposite: words are compared by what they say, so that
// `NotExists` is `DoesNotExist`, not `Exists`, which is a letter nearer. `filters`: among those of InlineFilters.
[[nodiscard]] std::optional<MeantCondition> meant_condition(std::string_view written, bool filters);

}  // namespace picket::simple
