// The keys of analysis files as a table (keys.def).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace picket {

// The mappings that have keys of their own, as a set.
enum class Holder : std::uint32_t {
  none = 0,
  rule = 1 << 0,
  scheduled_rule = 1 << 1,
  policy = 1 << 2,
  definitions = 1 << 3,
  datamodel = 1 << 4,
  pack = 1 << 5,
  test = 1 << 6,
  mock = 1 << 7,
  mapping = 1 << 8,
  pack_definition = 1 << 9,
  correlation_rule = 1 << 10,
  correlation = 1 << 11,
  correlation_item = 1 << 12,
  transition = 1 << 13,
  transition_match = 1 << 14,
  criterion = 1 << 15,
  schedule = 1 << 16,
  correlation_test = 1 << 17,
  rule_output = 1 << 18,
  remember = 1 << 19,
  log_sources = 1 << 20,
  recognised_log_type = 1 << 21,
  log_source = 1 << 22,
  log_source_events = 1 << 23,
  derived_rule = 1 << 24,
  lookup_table = 1 << 25,
  log_type_map = 1 << 26,
  associated_log_type = 1 << 27,

  rules = rule | scheduled_rule,
  judged = rules | policy,
  any_rule = rules | derived_rule,
  detections = judged | correlation_rule | derived_rule,
  tests = test | correlation_test,
  analysis = detections | definitions | datamodel | lookup_table | log_sources | pack,
};
constexpr Holder operator|(Holder a, Holder b) {
  return static_cast<Holder>(static_cast<std::uint32_t>(a) | static_cast<std::uint32_t>(b));
}
constexpr bool holds(Holder set, Holder one) {
  return (static_cast<std::uint32_t>(set) & static_cast<std::uint32_t>(one)) != 0;
}

enum class Presence : std::uint8_t { required, optional };

// What a value must be.
enum class Shape : std::uint8_t {
  text,          // a string
  id,            // a string without the characters that ids may not have
  severity,      // exactly one of the five words
  any_severity,  // the same in any case
  time,          // a string that is a time
  times,         // a list of times, or numbers of minutes
  duration,      // a string that is a duration, of more than nothing
  code,          // a text in the detection language: any scalar
  boolean,
  integer,
  set,      // a list of strings, none twice
  tags,     // the same, case ignored
  reports,  // strings to lists of strings or numbers
  list,
  mapping,
  expressions,  // Panther's: conditions in YAML
  filters,      // the same for InlineFilters
  fields,       // GroupBy
  severities,   // DynamicSeverities
  context,      // code, or Panther's list
  any,
};

// "a string", "a list of strings" …: what messages call it.
[[nodiscard]] std::string_view in_words(Shape shape);

struct KeyRow {
  Holder holders;
  std::string_view key;
  Presence presence;
  Shape shape;
  std::string_view meaning;  // Markdown
};

// Every key, in the table's order.
[[nodiscard]] std::span<const KeyRow> key_rows();
// The row of a holder's key, or null.
[[nodiscard]] const KeyRow* find_key(Holder holder, std::string_view key);

}  // namespace picket
