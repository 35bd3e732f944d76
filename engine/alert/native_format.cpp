#include "engine/alert/native_format.hpp"

#include "engine/alert/alert_values.hpp"
#include "engine/event/json_line.hpp"
#include "engine/event/time.hpp"

namespace picket {
namespace {

Value attack_of(const RuleFacts& rule) {
  List names;
  for (const AttackName& name : rule.attack) {
    names.emplace_back(Object{{"tactic_id", text_or_null(name.tactic_id)},
                              {"tactic", text_or_null(name.tactic)},
                              {"technique_id", text_or_null(name.technique_id)},
                              {"technique", text_or_null(name.technique)}});
  }
  return names;
}

void add_identity(JsonLine& line, const Alert& alert) {
  line.field("alert_id", Value(alert.id));
  line.field("status", Value(spelling(alert.status)));
  line.field("revision", count_value(alert.revision));
  line.field("final", Value(alert.final));
}

void add_rule(JsonLine& line, const Alert& alert) {
  const bool whole = alert.status == AlertStatus::created;
  const AlertTexts& texts = alert.texts;
  const RuleFacts& rule = *alert.rule;
  line.field("rule_id", Value(rule.id));
  line.field("display_name", text_or_null(rule.display_name));
  line.field("severity", Value(spelling(texts.severity)));
  line.field("title", Value(texts.title));
  line.field("dedup", Value(texts.dedup));
  line.field("context", texts.context);
  line.field("description", text_or_null(texts.description));
  line.field("runbook", text_or_null(texts.runbook));
  line.field("reference", text_or_null(texts.reference));
  line.field("tags", list_value(rule.tags));
  line.field("reports", reports_value(rule));
  line.field("attack", attack_of(rule));
  line.field("destinations", whole && texts.destinations ? list_value(*texts.destinations) : Value());
  line.field("rules_version", Value(rule.rules_version));
}

void add_counts(JsonLine& line, const Alert& alert) {
  line.field("matches", count_value(alert.matches));
  line.field("distinct", alert.distinct ? count_value(*alert.distinct) : Value());
  line.field("threshold", count_value(alert.rule->threshold));
  line.field("window_start", Value(print_time(alert.window_start)));
  line.field("window_end", Value(print_time(alert.window_end)));
  line.field("first_event", time_or_null(alert.first_event));
  line.field("last_event", time_or_null(alert.last_event));
}

void add_sample(JsonLine& line, const std::optional<Alert::Sample>& sample) {
  line.field("log_type", sample ? text_or_null(sample->log_type) : Value());
  line.field("event_time", sample ? time_or_null(sample->time) : Value());
  line.field("input", sample ? Value(printable_name(sample->place.input)) : Value());
  line.field("line", sample ? count_value(sample->place.line) : Value());
  line.field("offset", sample ? count_value(sample->place.offset) : Value());
  line.field("event", sample ? sample->event.value() : Value());
}

}  // namespace

void append_alert_json(std::string& out, const Alert& alert) {
  JsonLine line(out);
  add_identity(line, alert);
  add_rule(line, alert);
  add_counts(line, alert);
  add_sample(line, alert.sample);
}

}  // namespace picket
