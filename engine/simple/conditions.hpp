// The conditions of Panther's YAML detections as a table (conditions.def).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace picket::simple {

// What a condition asks. The answer is no of a field that is missing, null, or of a kind that the question does not
// fit; a condition that is `negated` holds where it is no.
enum class ConditionTest : std::uint8_t {
  equals,
  starts_with,
  ends_with,
  contains,
  greater,
  greater_or_equal,
  less,
  less_or_equal,
  is_in,
  exists,
  is_not_null,
  is_not_empty,
  is_ip,
  is_ipv4,
  is_ipv6,
  is_private_ip,
  is_public_ip,
  in_network,
  holds_address,
  some_element,
  one_element,
  failing_element,
  always,
};

enum class ConditionOperand : std::uint8_t {
  scalar,       // `Value`: a string, a number, true or false
  text,         // `Value`: a string
  number,       // `Value`: a number
  network,      // `Value`: a network
  address,      // `Value`: an address
  values,       // `Values`: scalars of one kind
  expressions,  // `Expressions`
  none,         // none, or `Value: true` or `false`: the answer that is wanted
  nothing,      // not even a key
};

struct ConditionRow {
  std::string_view spelling;
  ConditionTest test;
  bool negated;
  bool folded;
  ConditionOperand operand;
  bool pairs;
  bool filters;
  std::string_view meaning;  // Markdown
};

// Every condition, in the table's order.
[[nodiscard]] std::span<const ConditionRow> conditions();
// By its exact name, or null.
[[nodiscard]] const ConditionRow* find_condition(std::string_view spelling);
// The names of all, or of those that may stand in InlineFilters.
[[nodiscard]] std::vector<std::string_view> condition_names(bool filters);

}  // namespace picket::simple
