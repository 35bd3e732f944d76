// Alert: a match that is worth a person's time, with all that they need to judge it. A value: it shares nothing with
// the rule set, the event or the input it came from.
//
// Until matches are deduplicated, every match is an alert: Threshold, DedupPeriodMinutes, Unique and CreateAlert of the
// rule are not looked at.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/eval/judge.hpp"
#include "engine/event/value.hpp"
#include "engine/frontend/rule.hpp"

namespace picket {

// Where an event stands: in which input, and where in it.
struct Place {
  std::string input;         // a path as it was found, or "<stdin>"
  std::uint64_t offset = 0;  // byte, from 0; of compressed input: in what it unpacks to
  std::uint64_t line = 1;    // from 1
};

struct Alert {
  std::string rule_id;
  std::string display_name;  // empty if the rule has none
  AlertTexts texts;
  std::vector<std::string> tags;
  std::vector<std::pair<std::string, std::vector<std::string>>> reports;  // {"MITRE ATT&CK", {"TA0001:T1078"}}
  std::string log_type;                                                   // empty if the event has none
  std::optional<Time> event_time;
  Place place;
  Value event;
};

[[nodiscard]] Alert make_alert(const Rule& rule, AlertTexts texts, const Value& event, std::string log_type,
                               Place place);

// When an event happened, by the first of these fields that holds a time: p_event_time, eventTime, @timestamp,
// TimeCreated, UtcTime, timestamp, time, created_at, published.
[[nodiscard]] std::optional<Time> event_time(const Value& event);

// Appends the alert as one line of JSON without its line end: the format `jsonl`, documented in tools/run/README.md.
// All keys are there always, in this order; what is not known is null. Always valid JSON and UTF-8.
void append_alert_json(std::string& out, const Alert& alert);

}  // namespace picket
