#include "engine/alert/ocsf_format.hpp"

#include <utility>

#include "engine/alert/alert_values.hpp"
#include "engine/alert/product.hpp"
#include "engine/event/json_line.hpp"
#include "engine/event/time.hpp"

namespace picket {
namespace {

constexpr std::int64_t findings = 2;                   // category_uid
constexpr std::int64_t detection_finding = 2004;       // class_uid
constexpr std::int64_t types_of_a_class = 100;         // type_uid is class_uid * 100 + activity_id
constexpr std::int64_t microseconds_per_unit = 1'000;  // times are counted in milliseconds since 1970

Value timestamp(Time time) { return time.microseconds / microseconds_per_unit; }

Value timestamp(const std::optional<Time>& time) { return time ? timestamp(*time) : Value(); }

Value entity(const std::string& name, const std::string& uid) {
  Object object;
  set_known(object, "name", text_or_null(name));
  set_known(object, "uid", text_or_null(uid));
  return object;
}

Value attacks_of(const RuleFacts& rule) {
  List attacks;
  for (const AttackName& name : rule.attack) {
    const AttackTechnique technique = technique_of(name);
    Object attack;
    set_known(attack, "tactic", entity(name.tactic, name.tactic_id));
    set_known(attack, "technique", entity(technique.name, technique.id));
    set_known(attack, "sub_technique", entity(technique.sub_name, technique.sub_id));
    if (!attack.empty()) attacks.emplace_back(std::move(attack));
  }
  return attacks;
}

Value metadata_of(const Alert& alert) {
  const Value product = Object{
      {"name", Value(product_name)}, {"vendor_name", Value(product_name)}, {"version", Value(product_version())}};
  return Object{{"version", Value("1.3.0")},
                {"product", product},
                {"uid", Value(alert.id + "/" + std::to_string(alert.revision))}};
}

Value finding_info_of(const Alert& alert) {
  const RuleFacts& rule = *alert.rule;
  const Value analytic = Object{{"type_id", Value(1)},
                                {"type", Value("Rule")},
                                {"uid", Value(rule.id)},
                                {"name", Value(name_of(rule))},
                                {"version", Value(rule.rules_version)}};
  Object info{{"uid", Value(alert.id)},
              {"title", Value(alert.texts.title)},
              {"analytic", analytic},
              {"created_time", timestamp(alert.window_start)}};
  if (alert.status == AlertStatus::updated) info.set("modified_time", timestamp(moment_of(alert)));
  set_known(info, "first_seen_time", timestamp(alert.first_event));
  set_known(info, "last_seen_time", timestamp(alert.last_event));
  set_known(info, "desc", text_or_null(alert.texts.description));
  set_known(info, "src_url", text_or_null(alert.texts.reference));
  set_known(info, "attacks", attacks_of(rule));
  if (alert.sample && !alert.sample->log_type.empty()) {
    info.set("data_sources", List{Value(alert.sample->log_type)});
  }
  return info;
}

// What the schema has no place for.
Value unmapped_of(const Alert& alert) {
  const RuleFacts& rule = *alert.rule;
  Object unmapped{{"dedup", Value(alert.texts.dedup)},
                  {"revision", count_value(alert.revision)},
                  {"final", Value(alert.final)},
                  {"threshold", count_value(rule.threshold)},
                  {"window_end", Value(print_time(alert.window_end))}};
  if (alert.distinct) unmapped.set("distinct", count_value(*alert.distinct));
  set_known(unmapped, "context", alert.texts.context);
  set_known(unmapped, "tags", list_value(rule.tags));
  set_known(unmapped, "reports", reports_value(rule));
  if (alert.sample) {
    const Place& place = alert.sample->place;
    unmapped.set("input", printable_name(place.input));
    unmapped.set("line", count_value(place.line));
    unmapped.set("offset", count_value(place.offset));
  }
  return unmapped;
}

}  // namespace

void append_ocsf_alert(std::string& out, const Alert& alert) {
  const bool created = alert.status == AlertStatus::created;
  const std::int64_t activity = created ? 1 : 2;
  JsonLine line(out);
  line.field("category_uid", findings);
  line.field("category_name", Value("Findings"));
  line.field("class_uid", detection_finding);
  line.field("class_name", Value("Detection Finding"));
  line.field("activity_id", activity);
  line.field("activity_name", Value(created ? "Create" : "Update"));
  line.field("type_uid", detection_finding * types_of_a_class + activity);
  line.field("time", timestamp(moment_of(alert)));
  line.field("severity_id", severity_number(alert.texts.severity));
  line.field("severity",
             Value(alert.texts.severity == Severity::info ? "Informational" : spelling(alert.texts.severity)));
  line.field("status_id", 1);
  line.field("status", Value("New"));
  line.field("message", Value(alert.texts.title));
  line.field("count", count_value(alert.matches));
  if (alert.first_event) line.field("start_time", timestamp(alert.first_event));
  if (alert.last_event) line.field("end_time", timestamp(alert.last_event));
  line.field("metadata", metadata_of(alert));
  line.field("finding_info", finding_info_of(alert));
  if (!alert.texts.runbook.empty()) line.field("remediation", Object{{"desc", Value(alert.texts.runbook)}});
  if (alert.sample) line.field("evidences", List{Object{{"data", alert.sample->event.value()}}});
  line.field("unmapped", unmapped_of(alert));
}

}  // namespace picket
