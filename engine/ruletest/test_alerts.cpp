#include "engine/ruletest/test_alerts.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "engine/eval/remember.hpp"
#include "engine/ruletest/setting.hpp"
#include "engine/state/window_table.hpp"

namespace picket {

Counting counting_of(const Rule& rule) {
  return {.threshold = rule.threshold.value, .dedup_minutes = rule.dedup_minutes.value};
}

std::vector<TestMatch> matches_at(Interpreter& interpreter, const CheckedRule& rule, const RuleTest& test,
                                  const TestOptions& options, std::span<const Time> times) {
  std::vector<Time> in_order(times.begin(), times.end());
  std::ranges::sort(in_order);
  std::vector<TestMatch> matches;
  TestSetting setting(rule, test, options);
  const Time begin = setting.input().now;
  for (const Time time : in_order) {
    setting.set_clock({begin.microseconds + (time.microseconds - in_order.front().microseconds)});
    interpreter.start(setting.input());
    const bool holds = interpreter.holds(rule.condition);
    std::optional<AlertTexts> texts;
    if (alerts(*rule.rule, holds)) texts = alert_texts(interpreter, rule);
    const std::optional<MemoryWrite> write = write_of(interpreter, rule);
    if (interpreter.exhausted()) continue;
    if (texts) matches.push_back({time, *std::move(texts)});
    if (write) (void)setting.remember(*write);
  }
  return matches;
}

std::vector<Time> alert_times(const Rule& rule, const Counting& counting, std::span<const TestMatch> matches) {
  std::vector<Time> alerts;
  if (!rule.create_alert) return alerts;
  const auto facts = std::make_shared<RuleFacts>();
  facts->id = rule.id.value;
  facts->dedup_period = {counting.dedup_minutes * microseconds_per_minute};
  facts->threshold = static_cast<std::uint64_t>(std::max<std::int64_t>(counting.threshold, 1));
  facts->unique = rule.unique.has_value();
  WindowTable windows;
  for (const TestMatch& match : matches) {
    Signal signal;
    signal.rule = facts;
    signal.texts = match.texts;
    windows.take(std::move(signal), match.time, match.time, [&](const Alert& alert) {
      if (alert.status == AlertStatus::created) alerts.push_back(match.time);
    });
  }
  return alerts;
}

}  // namespace picket
