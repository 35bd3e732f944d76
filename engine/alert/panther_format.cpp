#include "engine/alert/panther_format.hpp"

#include <utility>

#include "engine/alert/alert_values.hpp"
#include "engine/event/json_line.hpp"
#include "engine/event/time.hpp"

namespace picket {
namespace {

// As the webhook has it: what is not known is null or empty, and no key is left out.
void add_webhook_body(JsonLine& line, const Alert& alert) {
  const RuleFacts& rule = *alert.rule;
  line.field("id", Value(rule.id));
  line.field("createdAt", Value(print_time(alert.window_start)));
  line.field("severity", Value(alert_word(alert.texts.severity)));
  line.field("type", Value("RULE"));
  line.field("link", Value(""));
  line.field("title", Value(alert.texts.title));
  line.field("name", text_or_null(rule.display_name));
  line.field("alertId", Value(alert.id));
  line.field("description", Value(alert.texts.description));
  line.field("runbook", Value(alert.texts.runbook));
  line.field("tags", list_value(rule.tags));
  line.field("version", Value(rule.rules_version));
  line.field("alertContext", alert.texts.context.is_null() ? Value(Object()) : alert.texts.context);
}

void add_stored_fields(JsonLine& line, const Alert& alert) {
  const RuleFacts& rule = *alert.rule;
  line.field("p_alert_id", Value(alert.id));
  line.field("p_alert_creation_time", Value(print_time(alert.window_start)));
  line.field("p_alert_update_time", Value(print_time(moment_of(alert))));
  line.field("p_alert_severity", Value(alert_word(alert.texts.severity)));
  line.field("p_alert_context", alert.texts.context.is_null() ? Value(Object()) : alert.texts.context);
  line.field("p_rule_id", Value(rule.id));
  line.field("p_rule_severity", Value(alert_word(rule.severity)));
  line.field("p_rule_tags", list_value(rule.tags));
  line.field("p_rule_reports", reports_value(rule));
  line.field("p_log_type", alert.sample ? text_or_null(alert.sample->log_type) : Value());
  line.field("p_event_time", alert.sample ? time_or_null(alert.sample->time) : Value());
}

}  // namespace

void append_panther_alert(std::string& out, const Alert& alert) {
  JsonLine line(out);
  add_webhook_body(line, alert);
  add_stored_fields(line, alert);
  line.field("status", Value(spelling(alert.status)));
  line.field("revision", count_value(alert.revision));
  line.field("final", Value(alert.final));
  line.field("dedup", Value(alert.texts.dedup));
  line.field("matches", count_value(alert.matches));
  line.field("event", alert.sample ? alert.sample->event.value() : Value());
}

}  // namespace picket
