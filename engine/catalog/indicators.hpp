// What a rule looks for: the values that it compares fields with. The door of this is indicators_of().
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/analyse/checked.hpp"

namespace picket {

enum class IndicatorKind : std::uint8_t {
#define PICKET_INDICATOR_KIND(name, word) name,
#include "engine/catalog/indicator_kinds.def"
#undef PICKET_INDICATOR_KIND
};

// "eq", "starts_with", "match" (the operator `matches`), "wildcard" (`like`), "in cidr", "is" …
[[nodiscard]] std::string_view spelling(IndicatorKind kind);
// All of them, in the table's order.
[[nodiscard]] std::span<const std::string_view> indicator_kinds();

// A value that a field is compared with.
struct IndicatorValue {
  std::string text;    // a string as it is, another value as JSON; of `is` the kind asked for, `truthy` of a
                       // field that is a condition itself, `present` of has(); a field's name
  bool field = false;  // what it is compared with is another field
  friend bool operator==(const IndicatorValue&, const IndicatorValue&) = default;
};

// All that a rule asks of one field in one way.
struct IndicatorRow {
  std::string field;  // see SubjectNames
  IndicatorKind kind{};
  bool folded = false;                 // whatever the case of letters
  std::vector<IndicatorValue> values;  // in the order of the text, each once; never empty
};

struct Indicators {
  std::vector<IndicatorRow> rows;        // sorted by field, then kind
  std::vector<IndicatorRow> exclusions;  // under a negation: what the rule leaves out
};

// Those of the rule's condition, definitions looked through. Comparisons with what is computed have none. `in` a
// constant list gives a value for each element; `"x" in field` asks whether the field contains it.
[[nodiscard]] Indicators indicators_of(const CheckedPack& pack, const CheckedRule& rule);

// What two rules have in common that look for the same: the text by which (field, kind, value) are compared. The case
// of letters counts for nothing, except in a regex.
[[nodiscard]] std::string indicator_key(const IndicatorRow& row, const IndicatorValue& value);

}  // namespace picket
