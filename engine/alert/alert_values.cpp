#include "engine/alert/alert_values.hpp"

#include <utility>

#include "engine/event/time.hpp"

namespace picket {

Value text_or_null(const std::string& text) { return text.empty() ? Value() : Value(text); }

Value time_or_null(const std::optional<Time>& time) { return time ? Value(print_time(*time)) : Value(); }

Value count_value(std::uint64_t count) { return static_cast<std::int64_t>(count); }

Value list_value(const std::vector<std::string>& items) { return List(items.begin(), items.end()); }

Value reports_value(const RuleFacts& rule) {
  Object reports;
  for (const auto& [framework, items] : rule.reports) reports.set(framework, list_value(items));
  return reports;
}

Time moment_of(const Alert& alert) { return alert.last_event.value_or(alert.window_start); }

const std::string& name_of(const RuleFacts& rule) { return rule.display_name.empty() ? rule.id : rule.display_name; }

int severity_number(Severity severity) { return static_cast<int>(severity) + 1; }

// The table names a sub-technique by both: "Valid Accounts: Cloud Accounts".
AttackTechnique technique_of(const AttackName& name) {
  constexpr std::string_view between = ": ";
  AttackTechnique technique;
  technique.id = name.technique_id.substr(0, name.technique_id.find('.'));
  technique.name = name.technique;
  if (technique.id.size() == name.technique_id.size()) return technique;
  technique.sub_id = name.technique_id;
  if (const std::size_t colon = name.technique.find(between); colon != std::string::npos) {
    technique.sub_name = name.technique.substr(colon + between.size());
    technique.name = name.technique.substr(0, colon);
  }
  return technique;
}

void set_known(Object& object, std::string_view key, Value value) {
  if (!value.empty()) object.set(std::string(key), std::move(value));
}

}  // namespace picket
