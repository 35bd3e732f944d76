// Correlations of correlations: the firings of one are signals of another. Internal to engine/analyse.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/frontend/correlation_rule.hpp"

namespace picket {

class CorrelationChains {
 public:
  // The rules must outlive it.
  explicit CorrelationChains(const std::vector<CorrelationRule>& rules);

  // Null if no correlation has the id.
  [[nodiscard]] const CorrelationRule* find(std::string_view id) const;
  // The item by which the rule is made, directly or not, of its own firings; null if there is none.
  [[nodiscard]] const CorrelationItem* cycle_of(const CorrelationRule& rule) const;

 private:
  std::map<std::string, const CorrelationRule*, std::less<>> by_id_;
};

// Under which names a firing of the rule has its values, column by column.
[[nodiscard]] std::vector<std::string> column_names(const CorrelationRule& rule);

}  // namespace picket
