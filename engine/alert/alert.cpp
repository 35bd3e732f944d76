#include "engine/alert/alert.hpp"

#include <array>
#include <string_view>

#include "engine/alert/json_line.hpp"
#include "engine/event/time.hpp"

namespace picket {
namespace {

std::vector<std::string> values_of(const std::vector<Located<std::string>>& items) {
  std::vector<std::string> values;
  values.reserve(items.size());
  for (const Located<std::string>& item : items) values.push_back(item.value);
  return values;
}

Value text_or_null(const std::string& text) { return text.empty() ? Value() : Value(text); }

Value list_of(const std::vector<std::string>& items) { return List(items.begin(), items.end()); }

}  // namespace

Alert make_alert(const Rule& rule, AlertTexts texts, const Value& event, std::string log_type, Place place) {
  Alert alert;
  alert.rule_id = rule.id.value;
  alert.display_name = rule.display_name;
  alert.texts = std::move(texts);
  alert.tags = values_of(rule.tags);
  for (const Report& report : rule.reports) {
    alert.reports.emplace_back(report.framework.value, values_of(report.items));
  }
  alert.log_type = std::move(log_type);
  alert.event_time = event_time(event);
  alert.place = std::move(place);
  alert.event = event;
  return alert;
}

std::optional<Time> event_time(const Value& event) {
  static constexpr std::array<std::string_view, 9> fields = {"p_event_time", "eventTime",  "@timestamp",
                                                             "TimeCreated",  "UtcTime",    "timestamp",
                                                             "time",         "created_at", "published"};
  const Object* object = event.object();
  if (object == nullptr) return std::nullopt;
  for (const std::string_view field : fields) {
    const Value* value = object->find_exact(field);
    if (value == nullptr) continue;
    std::optional<Time> time;
    if (const std::string* text = value->string()) time = parse_time(*text);
    if (const std::optional<double> number = value->as_double()) time = time_from_epoch(*number);
    if (time) return time;
  }
  return std::nullopt;
}

void append_alert_json(std::string& out, const Alert& alert) {
  const AlertTexts& texts = alert.texts;
  JsonLine line(out);
  line.field("rule_id", Value(alert.rule_id));
  line.field("display_name", text_or_null(alert.display_name));
  line.field("severity", Value(spelling(texts.severity)));
  line.field("title", Value(texts.title));
  line.field("dedup", Value(texts.dedup));
  line.field("context", texts.context);
  line.field("description", text_or_null(texts.description));
  line.field("runbook", text_or_null(texts.runbook));
  line.field("reference", text_or_null(texts.reference));
  line.field("tags", list_of(alert.tags));
  Object reports;
  for (const auto& [framework, items] : alert.reports) reports.set(framework, list_of(items));
  line.field("reports", Value(std::move(reports)));
  line.field("unique", texts.unique ? Value(*texts.unique) : Value());
  line.field("destinations", texts.destinations ? list_of(*texts.destinations) : Value());
  line.field("log_type", text_or_null(alert.log_type));
  line.field("event_time", alert.event_time ? Value(print_time(*alert.event_time)) : Value());
  line.field("input", Value(printable_name(alert.place.input)));
  line.field("line", Value(static_cast<std::int64_t>(alert.place.line)));
  line.field("offset", Value(static_cast<std::int64_t>(alert.place.offset)));
  line.field("event", alert.event);
}

}  // namespace picket
