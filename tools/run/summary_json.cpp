// The summary of a run as JSON, for programs.
#include <utility>

#include "engine/event/time.hpp"
#include "engine/event/value.hpp"
#include "tools/run/summary.hpp"

namespace picket {
namespace {

Value number(std::uint64_t value) { return static_cast<std::int64_t>(value); }

Value time_or_null(const std::optional<Time>& time) { return time ? Value(print_time(*time)) : Value(); }

template <typename Counts>
Value counts_of(const Counts& counts) {
  Object object;
  object.reserve(counts.size());
  for (const auto& [word, count] : counts) object.set(word, number(count));
  return object;
}

std::string_view spelling(RunEnd end) {
  switch (end) {
    case RunEnd::input_ended:
      return "input_ended";
    case RunEnd::interrupted:
      return "interrupted";
    case RunEnd::output_closed:
      return "output_closed";
    case RunEnd::output_failed:
      return "output_failed";
  }
  return {};
}

}  // namespace

std::string run_summary_json(const RunReport& report, const RuleSet& rules) {
  const Tally& tally = report.tally;
  const DetectorCounts& detected = report.detected;
  const std::map<std::string_view, std::uint64_t> events = events_by_rule(tally, rules);
  List rows;
  for (const auto& [id, rule] : tally.rules) {
    const auto judged = events.find(id);
    rows.emplace_back(Object{{"rule_id", id},
                             {"events", judged == events.end() ? Value() : number(judged->second)},
                             {"matches", number(rule.matches)},
                             {"alerts", number(rule.alerts)},
                             {"first", time_or_null(rule.first)},
                             {"last", time_or_null(rule.last)}});
  }
  return to_json(Value(Object{{"end", spelling(report.end)},
                              {"seconds", report.seconds},
                              {"inputs", number(report.inputs)},
                              {"bytes", number(tally.bytes)},
                              {"events", number(tally.events)},
                              {"matches", number(tally.matches)},
                              {"alerts", number(tally.alerts)},
                              {"updates", number(tally.updates)},
                              {"refused", number(report.refused)},
                              {"invalid", counts_of(tally.invalid)},
                              {"without_log_type", number(tally.without_log_type)},
                              {"unjudged", counts_of(tally.unjudged)},
                              {"given_up", number(tally.given_up)},
                              {"late", number(detected.late)},
                              {"ahead", number(detected.ahead)},
                              {"hurried", number(detected.hurried)},
                              {"evicted", number(detected.windows.evicted)},
                              {"evicted_correlation_keys", number(detected.correlation.evicted)},
                              {"evicted_correlation_patterns", number(detected.correlation.lost)},
                              {"evicted_correlation_numbers", number(detected.correlation.crowded)},
                              {"cut_correlation_signals", number(detected.correlation.cut)},
                              {"evicted_memory_keys", number(detected.memory.evicted)},
                              {"rules", std::move(rows)}})) +
         "\n";
}

}  // namespace picket
