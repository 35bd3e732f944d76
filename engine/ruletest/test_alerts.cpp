#include "engine/ruletest/test_alerts.hpp"

#include <algorithm>
#include <memory>

#include "engine/state/window_table.hpp"

namespace picket {

std::vector<Time> alert_times(const Rule& rule, const Counting& counting, const AlertTexts& texts,
                              std::span<const Time> matches) {
  std::vector<Time> alerts;
  if (!rule.create_alert) return alerts;
  const auto facts = std::make_shared<RuleFacts>();
  facts->id = rule.id.value;
  facts->dedup_period = {counting.dedup_minutes * microseconds_per_minute};
  facts->threshold = static_cast<std::uint64_t>(std::max<std::int64_t>(counting.threshold, 1));
  facts->unique = rule.unique.has_value();
  std::vector<Time> in_order(matches.begin(), matches.end());
  std::ranges::sort(in_order);
  WindowTable windows;
  for (const Time time : in_order) {
    Signal signal;
    signal.rule = facts;
    signal.texts = texts;
    windows.take(std::move(signal), time, time, [&](const Alert& alert) {
      if (alert.status == AlertStatus::created) alerts.push_back(time);
    });
  }
  return alerts;
}

std::vector<Time> alert_times(const Rule& rule, const AlertTexts& texts, std::span<const Time> matches) {
  return alert_times(rule, {.threshold = rule.threshold.value, .dedup_minutes = rule.dedup_minutes.value}, texts,
                     matches);
}

}  // namespace picket
