#include "engine/frontend/schema.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

#include "engine/frontend/keys.hpp"
#include "engine/frontend/native.hpp"
#include "engine/frontend/rule.hpp"
#include "engine/simple/schema.hpp"
#include "grammar/ast/operators.hpp"
#include "grammar/text/ascii.hpp"

namespace picket {
namespace {

struct Mapping {
  Holder holder;
  std::string_view name;
};
constexpr std::array<Mapping, 19> inner_mappings = {{{Holder::derived_rule, "derived_rule"},
                                                     {Holder::test, "test"},
                                                     {Holder::remember, "remember"},
                                                     {Holder::mock, "mock"},
                                                     {Holder::log_type_map, "log_type_map"},
                                                     {Holder::associated_log_type, "associated_log_type"},
                                                     {Holder::mapping, "mapping"},
                                                     {Holder::pack_definition, "pack_definition"},
                                                     {Holder::correlation, "correlation"},
                                                     {Holder::correlation_item, "correlation_item"},
                                                     {Holder::transition, "transition"},
                                                     {Holder::transition_match, "transition_match"},
                                                     {Holder::criterion, "criterion"},
                                                     {Holder::schedule, "schedule"},
                                                     {Holder::correlation_test, "correlation_test"},
                                                     {Holder::rule_output, "rule_output"},
                                                     {Holder::recognised_log_type, "recognised_log_type"},
                                                     {Holder::log_source, "log_source"},
                                                     {Holder::log_source_events, "log_source_events"}}};

Value reference(std::string_view name) { return Object{{"$ref", "#/definitions/" + std::string(name)}}; }

Value required(std::string_view key) { return Object{{"required", List{Value(key)}}}; }

Value one_of(std::initializer_list<std::string_view> keys) {
  List choices;
  for (const std::string_view key : keys) choices.push_back(required(key));
  return Object{{"oneOf", std::move(choices)}};
}

// Both may be there if one holds nothing.
Value at_most_one(std::string_view a, std::string_view b) {
  const Value nothing = Object{{"type", "null"}};
  const auto absent = [&](std::string_view key) {
    return Value(Object{{"properties", Object{{std::string(key), nothing}}}});
  };
  return Object{{"anyOf", List{absent(a), absent(b)}}};
}

Value any_case(std::string_view word) {
  std::string pattern;
  for (const char c : word) {
    pattern += {'[', ascii_upper(c), ascii_lower(c), ']'};
  }
  return pattern;
}

constexpr std::array<Severity, 5> severities = {Severity::info, Severity::low, Severity::medium, Severity::high,
                                                Severity::critical};

Object severity_schema(bool exactly) {
  List words;
  std::string pattern;
  for (const Severity severity : severities) {
    words.emplace_back(spelling(severity));
    pattern += (pattern.empty() ? "" : "|") + to_text(any_case(spelling(severity)));
  }
  if (exactly) return {{"enum", std::move(words)}};
  return {{"type", "string"}, {"pattern", "^(" + pattern + ")$"}};
}

// As parse_time() reads it, but for the lengths of the months.
Object time_schema() {
  return {{"type", "string"},
          {"pattern",
           "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
           "([Tt ]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]+)?([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])?)?$"}};
}

// What stands in the list or the mapping of a key, if that has keys of its own.
std::string_view inner_mapping(std::string_view key, Holder holder) {
  if (key == "Tests") return holder == Holder::correlation_rule ? "correlation_test" : "test";
  if (key == "Detection") return "correlation";
  if (key == "Group" || key == "Sequence") return "correlation_item";
  if (key == "Transitions") return "transition";
  if (key == "Schedule") return "schedule";
  if (key == "RuleOutputs") return "rule_output";
  if (key == "Mocks") return "mock";
  if (key == "Mappings") return "mapping";
  if (key == "Remember") return "remember";
  if (key == "LogTypeMap") return "log_type_map";
  if (key == "AssociatedLogTypes") return "associated_log_type";
  return key == "PackDefinition" ? "pack_definition" : "";
}

Object schema_of(const KeyRow& row, Holder holder) {
  const std::string_view inner = inner_mapping(row.key, holder);
  Object string{{"type", "string"}};
  switch (row.shape) {
    case Shape::text:
      return string;
    case Shape::id:
      return {{"type", "string"}, {"pattern", "^[^<>&\"%]+$"}};
    case Shape::severity:
      return severity_schema(true);
    case Shape::any_severity:
      return severity_schema(false);
    case Shape::time:
      return time_schema();
    case Shape::times: {
      Object minutes{{"type", "number"}, {"minimum", 0}, {"maximum", longest_minutes}};
      Object either{{"anyOf", List{std::move(minutes), time_schema()}}};
      return {{"type", "array"}, {"items", std::move(either)}, {"minItems", 1}, {"maxItems", std::int64_t{most_times}}};
    }
    case Shape::duration:
      return {{"type", "string"}, {"pattern", "^[0-9]*[1-9][0-9]*(ms|s|m|h|d|w)$"}};
    case Shape::code:
      return {{"type", List{"string", "number", "boolean", "null"}}};
    case Shape::boolean:
      return {{"type", "boolean"}};
    case Shape::integer:
      return {{"type", "integer"},
              {"minimum", std::numeric_limits<std::int64_t>::min()},
              {"maximum", std::numeric_limits<std::int64_t>::max()}};
    case Shape::set:
    case Shape::tags: {
      Object set{{"type", "array"}, {"items", std::move(string)}, {"uniqueItems", true}};
      if (row.presence == Presence::optional) set.set("type", List{"array", "null"});
      return set;
    }
    case Shape::reports:
      return {
          {"type", "object"},
          {"additionalProperties", Object{{"type", "array"}, {"items", Object{{"type", List{"string", "number"}}}}}}};
    case Shape::list: {
      Object list{{"type", "array"}, {"items", reference(inner)}};
      if (row.presence == Presence::optional) list.set("type", List{"array", "null"});
      return list;
    }
    case Shape::mapping:
      if (!inner.empty()) return {{"allOf", List{reference(inner)}}};
      return {{"type", "object"}};
    case Shape::expressions:
      return {{"type", "array"}, {"items", reference("expression")}, {"minItems", 1}};
    case Shape::filters:
      return {{"type", List{"array", "null"}}, {"items", reference("filter")}};
    case Shape::fields:
      return {{"type", List{"array", "null"}}, {"items", reference("field")}, {"minItems", 1}};
    case Shape::severities:
      return {{"type", List{"array", "null"}}, {"items", reference("dynamic_severity")}};
    case Shape::context:
      return {{"type", List{"string", "number", "boolean", "null", "array"}}, {"items", reference("context_entry")}};
    case Shape::any:
      break;
  }
  return {};
}

// What the readers of a key hold against it beyond its shape, and what holds without it.
void refine(const KeyRow& row, Holder holder, Object& schema) {
  const Rule defaults;
  if (row.key == "DedupPeriodMinutes" || row.key == "Threshold") {
    schema.set("minimum", 0);
    schema.set("default", row.key == "Threshold" ? defaults.threshold.value : defaults.dedup_minutes.value);
    if (row.key == "DedupPeriodMinutes") schema.set("maximum", longest_minutes);
  } else if (row.key == "ExpectedAlerts") {
    schema.set("minimum", 0);
  } else if (row.key == "CreateAlert") {
    schema.set("default", defaults.create_alert);
  } else if (row.key == "ScheduledQueries" || (row.key == "LogTypes" && holds(Holder::rules, holder))) {
    schema.set("type", "array");
    schema.set("minItems", 1);
  } else if (row.key == "MinMatchCount" || row.key == "MaxMatchCount" || row.key == "WithinTimeFrameMinutes" ||
             row.key == "LookbackWindowMinutes") {
    schema.set("minimum", 1);
  } else if (row.key == "Log" || row.key == "Resource") {
    const Value tables = Object{{"type", "object"}, {"additionalProperties", Object{{"type", "object"}}}};
    schema.set("properties", Object{{"_mocked_lookup_data_", tables}});
  } else if (row.key == "EventEvaluationOrder") {
    schema.set("enum", List{"Chronological", "ReverseChronological", Value()});
  } else if (row.key == "MatchCriteria") {
    schema.set("additionalProperties", Object{{"type", "array"}, {"items", reference("criterion")}});
  } else if (row.key == "Match" && holder == Holder::transition) {
    const Value one = reference("transition_match");
    schema.set("anyOf", List{one, Object{{"type", "array"}, {"items", one}}});
  } else if (row.key == "Detection" && holder == Holder::correlation_rule) {
    schema.set("type", "array");
    schema.set("minItems", 1);
    schema.set("maxItems", 1);
  } else if (holder == Holder::remember && row.key == "Key") {
    schema.set("type", List{"string", "number", "boolean"});
    schema.set("pattern", R"([\s\S])");
  } else if (row.key == "DefinitionsID") {
    List words{"udm", "now", "previous"};
    for (const std::string_view word : reserved_words()) words.emplace_back(word);
    schema.set("pattern", "^[A-Za-z_][A-Za-z0-9_]*$");
    schema.set("not", Object{{"enum", std::move(words)}});
  }
}

// The keys of other kinds of logic: beside ours they are errors, without it the file is passed over.
constexpr std::array<std::string_view, 2> other_logic = {"Filename", "BaseDetection"};

bool excluded(std::string_view key, Holder holder) {
  return holds(Holder::judged, holder) && std::find(other_logic.begin(), other_logic.end(), key) != other_logic.end();
}

Object mapping_schema(Holder holder) {
  Object properties;
  List needed;
  for (const KeyRow& row : key_rows()) {
    if (!holds(row.holders, holder) || excluded(row.key, holder)) continue;
    Object schema{{"description", row.meaning}};
    const Object shape = schema_of(row, holder);
    for (const auto& [key, value] : shape.entries()) schema.set(key, value);
    refine(row, holder, schema);
    properties.set(std::string(row.key), std::move(schema));
    if (row.presence == Presence::required) needed.emplace_back(row.key);
  }
  if (holder == Holder::definitions) needed.emplace_back("Let");
  Object schema{{"type", "object"},
                {"properties", std::move(properties)},
                {"required", std::move(needed)},
                {"additionalProperties", false}};
  List choices;
  if (holds(Holder::judged, holder)) choices.push_back(one_of({"Condition", "Detection"}));
  if (holds(Holder::rules, holder)) {
    choices.push_back(one_of({"LogTypes", "ScheduledQueries"}));
  }
  if (holds(Holder::any_rule, holder)) {
    choices.push_back(at_most_one("Dedup", "GroupBy"));
    choices.push_back(at_most_one("DynamicSeverity", "DynamicSeverities"));
  }
  if (holder == Holder::correlation) choices.push_back(one_of({"Group", "Sequence"}));
  if (holder == Holder::transition_match) {
    const Value half = Object{{"anyOf", List{required("From"), required("To")}}};
    choices.push_back(one_of({"On", "From"}));
    choices.push_back(
        Object{{"if", half}, {"then", Object{{"required", List{"From", "To"}}, {"not", required("On")}}}});
  }
  if (holder == Holder::lookup_table) {
    const Value elsewhere = Object{{"anyOf", List{required("Refresh"), required("Query"), required("AthenaQuery"),
                                                  required("SnowflakeQuery"), required("DatabricksQuery")}}};
    choices.push_back(Object{{"oneOf", List{required("Filename"), elsewhere}}});
  }
  if (holder == Holder::test) choices.push_back(one_of({"Log", "Resource"}));
  if (holder == Holder::schedule) choices.push_back(one_of({"RateMinutes", "CronExpression"}));
  if (holder == Holder::mapping) choices.push_back(one_of({"Path", "Expression", "Method"}));
  if (!choices.empty()) schema.set("allOf", std::move(choices));
  return schema;
}

// Rules with other logic than a Condition or a Detection are for another engine. What derives is a `rule`.
Object file_schema(Holder holder) {
  Object schema = mapping_schema(holder);
  if (!holds(Holder::judged, holder)) return schema;
  List others;
  for (const std::string_view key : other_logic) {
    if (find_key(holder, key) != nullptr) others.push_back(required(key));
  }
  const Value without = Object{{"not", Object{{"anyOf", std::move(others)}}}};
  Object judged{{"if", Object{{"anyOf", List{required("Condition"), required("Detection"), without}}}},
                {"then", std::move(schema)}};
  if (!holds(Holder::rules, holder)) return judged;
  const Value logic = Object{{"anyOf", List{required("Condition"), required("Detection"), required("Filename")}}};
  const Value as_derived = holder == Holder::rule ? Value(reference("derived_rule")) : Value(false);
  const Value derived =
      Object{{"if", Object{{"required", List{"BaseDetection"}}, {"not", logic}}}, {"then", as_derived}};
  const Value one_logic = Object{{"not", Object{{"required", List{"Filename", "BaseDetection"}}}}};
  return {{"allOf", List{derived, one_logic, std::move(judged)}}};
}

Value choice_of_kind(const AnalysisKind& kind) {
  return Object{{"if", Object{{"properties", Object{{"AnalysisType", Object{{"const", kind.word}}}}},
                              {"required", List{"AnalysisType"}}}},
                {"then", reference(kind.word)}};
}

}  // namespace

Value analysis_schema() {
  Object definitions;
  List words;
  List choices;
  for (const AnalysisKind& kind : analysis_kinds()) {
    words.emplace_back(kind.word);
    if (kind.holder == Holder::none) continue;
    definitions.set(std::string(kind.word), file_schema(kind.holder));
    choices.push_back(choice_of_kind(kind));
  }
  for (const Mapping& mapping : inner_mappings) {
    definitions.set(std::string(mapping.name), mapping_schema(mapping.holder));
  }
  const Object panthers = simple::schema_definitions();
  for (const auto& [name, schema] : panthers.entries()) definitions.set(name, schema);
  const KeyRow* type = find_key(Holder::rule, "AnalysisType");
  return Object{
      {"$schema", "http://json-schema.org/draft-07/schema#"},
      {"title", "Picket analysis file"},
      {"type", "object"},
      {"properties", Object{{"AnalysisType", Object{{"description", type->meaning}, {"enum", std::move(words)}}}}},
      {"required", List{"AnalysisType"}},
      {"allOf", std::move(choices)},
      {"definitions", std::move(definitions)}};
}

}  // namespace picket
