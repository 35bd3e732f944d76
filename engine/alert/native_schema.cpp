#include "engine/alert/native_schema.hpp"

#include <string_view>
#include <utility>

#include "engine/frontend/rule.hpp"
#include "engine/state/alert.hpp"

namespace picket {
namespace {

Value type(std::string_view name) { return Object{{"type", Value(name)}}; }

Value or_null(std::string_view name) { return Object{{"type", List{Value(name), Value("null")}}}; }

Value whole_number(int minimum) { return Object{{"type", Value("integer")}, {"minimum", Value(minimum)}}; }

Value whole_number_or_null(int minimum) {
  return Object{{"type", List{Value("integer"), Value("null")}}, {"minimum", Value(minimum)}};
}

Value time() { return Object{{"type", Value("string")}, {"format", Value("date-time")}}; }

Value time_or_none() { return Object{{"type", List{Value("string"), Value("null")}}, {"format", Value("date-time")}}; }

Value list_of(Value items) { return Object{{"type", Value("array")}, {"items", std::move(items)}}; }

Value one_of(List words) { return Object{{"type", Value("string")}, {"enum", std::move(words)}}; }

Value severities() {
  List words;
  for (const Severity severity :
       {Severity::info, Severity::low, Severity::medium, Severity::high, Severity::critical}) {
    words.emplace_back(spelling(severity));
  }
  return one_of(std::move(words));
}

// An object of exactly these keys.
Value object_of(Object properties) {
  List required;
  for (const auto& [key, schema] : properties.entries()) required.emplace_back(key);
  return Object{{"type", Value("object")},
                {"properties", Value(std::move(properties))},
                {"required", Value(std::move(required))},
                {"additionalProperties", Value(false)}};
}

Value attack() {
  return list_of(object_of({{"tactic_id", or_null("string")},
                            {"tactic", or_null("string")},
                            {"technique_id", or_null("string")},
                            {"technique", or_null("string")}}));
}

Object properties() {
  const List told = {Value(spelling(AlertStatus::created)), Value(spelling(AlertStatus::updated))};
  return {{"alert_id", Object{{"type", Value("string")}, {"pattern", Value("^[0-9a-f]{32}$")}}},
          {"status", one_of(told)},
          {"revision", whole_number(1)},
          {"final", type("boolean")},
          {"rule_id", type("string")},
          {"display_name", or_null("string")},
          {"severity", severities()},
          {"title", type("string")},
          {"dedup", type("string")},
          {"context", or_null("object")},
          {"description", or_null("string")},
          {"runbook", or_null("string")},
          {"reference", or_null("string")},
          {"tags", list_of(type("string"))},
          {"reports", Object{{"type", Value("object")}, {"additionalProperties", list_of(type("string"))}}},
          {"attack", attack()},
          {"destinations", Object{{"type", List{Value("array"), Value("null")}}, {"items", type("string")}}},
          {"rules_version", type("string")},
          {"matches", whole_number(1)},
          {"distinct", whole_number_or_null(0)},
          {"threshold", whole_number(1)},
          {"window_start", time()},
          {"window_end", time()},
          {"first_event", time_or_none()},
          {"last_event", time_or_none()},
          {"log_type", or_null("string")},
          {"event_time", time_or_none()},
          {"input", or_null("string")},
          {"line", whole_number_or_null(1)},
          {"offset", whole_number_or_null(0)},
          {"event", or_null("object")}};
}

}  // namespace

Value native_alert_schema() {
  Object schema{{"$schema", Value("http://json-schema.org/draft-07/schema#")}, {"title", Value("An alert of Picket")}};
  const Value whole = object_of(properties());
  for (const auto& [key, value] : whole.object()->entries()) schema.set(key, value);
  return schema;
}

}  // namespace picket
