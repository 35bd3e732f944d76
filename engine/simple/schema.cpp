#include "engine/simple/schema.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "engine/simple/conditions.hpp"
#include "grammar/path/field_path.hpp"

namespace picket::simple {
namespace {

constexpr std::array all_operands = {ConditionOperand::scalar,      ConditionOperand::text,    ConditionOperand::number,
                                     ConditionOperand::network,     ConditionOperand::address, ConditionOperand::values,
                                     ConditionOperand::expressions, ConditionOperand::none};

Value reference(std::string_view name) { return Object{{"$ref", "#/definitions/" + std::string(name)}}; }
Value of_type(std::string_view type) { return Object{{"type", type}}; }
Value list_of(Value items, std::int64_t least = 0) {
  return Object{{"type", "array"}, {"items", std::move(items)}, {"minItems", least}};
}

// A mapping with exactly these keys, those in `needed` at least.
Object mapping_of(Object properties, List needed) {
  return {{"type", "object"},
          {"properties", std::move(properties)},
          {"required", std::move(needed)},
          {"additionalProperties", false}};
}

// The ways to name a field; one of them must be there.
struct Ways {
  bool keys = true;
  bool enrichment = true;
  bool text_steps_only = false;
};

void add_ways(const Ways& ways, Object& properties, Object& schema) {
  List choices;
  const auto add = [&](std::string_view key, Value value) {
    properties.set(std::string(key), std::move(value));
    choices.push_back(Object{{"required", List{key}}});
  };
  if (ways.keys) {
    const Value step = ways.text_steps_only ? of_type("string") : Value(Object{{"type", List{"string", "integer"}}});
    add("Key", of_type("string"));
    add("DeepKey", Object{{"type", "array"},
                          {"items", step},
                          {"minItems", 1},
                          {"maxItems", static_cast<std::int64_t>(longest_field_path)}});
  }
  add("KeyPath", of_type("string"));
  if (ways.enrichment) add("Enrichment", reference("enrichment"));
  schema.set("oneOf", std::move(choices));
}

Object field(const Ways& ways) {
  Object properties;
  Object choices;
  add_ways(ways, properties, choices);
  Object schema = mapping_of(std::move(properties), {});
  schema.set("oneOf", *choices.find_exact("oneOf"));
  return schema;
}

List names(bool filters, auto&& wanted) {
  List list;
  for (const ConditionRow& row : conditions()) {
    if ((row.filters || !filters) && wanted(row)) list.emplace_back(row.spelling);
  }
  return list;
}

Value operand_schema(ConditionOperand operand) {
  switch (operand) {
    case ConditionOperand::scalar:
      return Object{{"type", List{"string", "number", "boolean"}}};
    case ConditionOperand::text:
    case ConditionOperand::network:
    case ConditionOperand::address:
      return of_type("string");
    case ConditionOperand::number:
      return of_type("number");
    case ConditionOperand::values:
      return Object{{"anyOf", List{list_of(of_type("string"), 1), list_of(of_type("number"), 1),
                                   list_of(of_type("boolean"), 1)}}};
    case ConditionOperand::expressions:
      return list_of(reference("expression"), 1);
    case ConditionOperand::none:
    case ConditionOperand::nothing:
      break;
  }
  return of_type("boolean");
}

// The condition of one field, for all conditions that have such an operand.
Value comparison(ConditionOperand operand, bool filters, List known) {
  const std::string key = operand == ConditionOperand::values        ? "Values"
                          : operand == ConditionOperand::expressions ? "Expressions"
                                                                     : "Value";
  Object properties{{"Condition", Object{{"enum", std::move(known)}}}, {key, operand_schema(operand)}};
  Object choices;
  add_ways({.keys = !filters, .text_steps_only = operand == ConditionOperand::expressions}, properties, choices);
  List needed{"Condition"};
  if (operand != ConditionOperand::none) needed.emplace_back(key);
  Object schema = mapping_of(std::move(properties), std::move(needed));
  schema.set("oneOf", *choices.find_exact("oneOf"));
  return schema;
}

Value combinator(std::string_view name, const Value& expression) {
  return mapping_of({{std::string(name), list_of(expression)}}, {name});
}

Object expression(bool filters) {
  const Value self = reference(filters ? "filter" : "expression");
  List forms{combinator("All", self), combinator("Any", self)};
  for (const ConditionOperand operand : all_operands) {
    List known = names(filters, [&](const ConditionRow& row) { return row.operand == operand; });
    if (!known.empty()) forms.push_back(comparison(operand, filters, std::move(known)));
  }
  if (!filters) {
    forms.push_back(combinator("OnlyOne", self));
    forms.push_back(combinator("None", self));
    const auto absolute = [](const ConditionRow& row) { return row.operand == ConditionOperand::nothing; };
    forms.push_back(mapping_of({{"Condition", Object{{"enum", names(false, absolute)}}}}, {"Condition"}));
    Value fields =
        Object{{"type", "array"}, {"items", Value(field({.enrichment = false}))}, {"minItems", 2}, {"maxItems", 2}};
    Value pairs = Object{{"enum", names(false, [](const ConditionRow& row) { return row.pairs; })}};
    forms.push_back(
        mapping_of({{"Condition", std::move(pairs)}, {"Values", std::move(fields)}}, {"Condition", "Values"}));
  }
  return {{"anyOf", std::move(forms)}};
}

}  // namespace

Object schema_definitions() {
  const Value text = of_type("string");
  return {
      {"expression", expression(false)},
      {"filter", expression(true)},
      {"field", field({})},
      {"enrichment",
       mapping_of({{"Table", text}, {"Selector", text}, {"FieldPath", text}}, {"Table", "Selector", "FieldPath"})},
      {"context_entry", mapping_of({{"KeyName", text}, {"KeyValue", reference("field")}}, {"KeyName", "KeyValue"})},
      {"dynamic_severity", mapping_of({{"ChangeTo", Object{{"type", "string"},
                                                           {"pattern",
                                                            "^([Ii][Nn][Ff][Oo]|[Ll][Oo][Ww]|[Mm][Ee][Dd][Ii][Uu][Mm]|"
                                                            "[Hh][Ii][Gg][Hh]|[Cc][Rr][Ii][Tt][Ii][Cc][Aa][Ll]|"
                                                            "[Dd][Ee][Ff][Aa][Uu][Ll][Tt])$"}}},
                                       {"Conditions", list_of(reference("expression"), 1)}},
                                      {"ChangeTo", "Conditions"})}};
}

}  // namespace picket::simple
