#include "engine/alert/ecs_format.hpp"

#include <algorithm>
#include <utility>

#include "engine/alert/alert_values.hpp"
#include "engine/alert/product.hpp"
#include "engine/event/json_line.hpp"
#include "engine/event/time.hpp"

namespace picket {
namespace {

// Ids and names of one kind, each id once: the schema has a list of each, in one order.
class IdsAndNames {
 public:
  void add(const std::string& id, const std::string& name) {
    if (id.empty() || std::ranges::find(ids_, id) != ids_.end()) return;
    ids_.push_back(id);
    names_.push_back(name.empty() ? id : name);
  }
  [[nodiscard]] Value value() const {
    Object object;
    set_known(object, "id", list_value(ids_));
    set_known(object, "name", list_value(names_));
    return object;
  }

 private:
  std::vector<std::string> ids_;
  std::vector<std::string> names_;
};

Value threat_of(const RuleFacts& rule) {
  IdsAndNames tactics;
  IdsAndNames techniques;
  IdsAndNames sub_techniques;
  for (const AttackName& name : rule.attack) {
    const AttackTechnique technique = technique_of(name);
    tactics.add(name.tactic_id, name.tactic);
    techniques.add(technique.id, technique.name);
    sub_techniques.add(technique.sub_id, technique.sub_name);
  }
  Value technique = techniques.value();
  if (const Value below = sub_techniques.value(); !below.empty()) {
    Object with = *technique.object();
    with.set("subtechnique", below);
    technique = std::move(with);
  }
  Object threat;
  set_known(threat, "tactic", tactics.value());
  set_known(threat, "technique", std::move(technique));
  if (!threat.empty()) threat.set("framework", "MITRE ATT&CK");
  return threat;
}

Value event_of(const Alert& alert) {
  Object event{{"kind", Value("alert")},
               {"id", Value(alert.id + "/" + std::to_string(alert.revision))},
               {"action", Value(alert.status == AlertStatus::created ? "alert-created" : "alert-updated")},
               {"module", Value("picket")},
               {"dataset", Value("picket.alerts")},
               {"severity", Value(severity_number(alert.texts.severity))}};
  set_known(event, "start", time_or_null(alert.first_event));
  set_known(event, "end", time_or_null(alert.last_event));
  set_known(event, "reference", text_or_null(alert.texts.reference));
  if (alert.sample) event.set("original", to_json(alert.sample->event.value()));
  return event;
}

Value rule_of(const Alert& alert) {
  const RuleFacts& rule = *alert.rule;
  Object object{{"id", Value(rule.id)}, {"name", Value(name_of(rule))}, {"version", Value(rule.rules_version)}};
  set_known(object, "description", text_or_null(rule.description));
  set_known(object, "reference", text_or_null(rule.reference));
  return object;
}

Value picket_of(const Alert& alert) {
  Object own{{"alert_id", Value(alert.id)},
             {"revision", count_value(alert.revision)},
             {"final", Value(alert.final)},
             {"severity", Value(spelling(alert.texts.severity))},
             {"dedup", Value(alert.texts.dedup)},
             {"matches", count_value(alert.matches)},
             {"threshold", count_value(alert.rule->threshold)},
             {"window_start", Value(print_time(alert.window_start))},
             {"window_end", Value(print_time(alert.window_end))}};
  if (alert.distinct) own.set("distinct", count_value(*alert.distinct));
  set_known(own, "description", text_or_null(alert.texts.description));
  set_known(own, "runbook", text_or_null(alert.texts.runbook));
  set_known(own, "context", alert.texts.context);
  set_known(own, "reports", reports_value(*alert.rule));
  if (alert.sample) {
    set_known(own, "log_type", text_or_null(alert.sample->log_type));
    own.set("offset", count_value(alert.sample->place.offset));
  }
  return own;
}

Value log_of(const Place& place) { return Object{{"file", Object{{"path", Value(printable_name(place.input))}}}}; }

}  // namespace

void append_ecs_alert(std::string& out, const Alert& alert) {
  JsonLine line(out);
  line.field("@timestamp", Value(print_time(moment_of(alert))));
  line.field("ecs", Object{{"version", Value("8.11.0")}});
  line.field("message", Value(alert.texts.title));
  line.field("event", event_of(alert));
  line.field("rule", rule_of(alert));
  if (const Value threat = threat_of(*alert.rule); !threat.empty()) line.field("threat", threat);
  if (!alert.rule->tags.empty()) line.field("tags", list_value(alert.rule->tags));
  line.field(
      "observer",
      Object{{"vendor", Value(product_name)}, {"product", Value(product_name)}, {"version", Value(product_version())}});
  if (alert.sample) line.field("log", log_of(alert.sample->place));
  line.field("picket", picket_of(alert));
}

}  // namespace picket
