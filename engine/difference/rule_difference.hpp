// What changed between two versions of one rule, library, data model or lookup table, key by key.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/difference/text_difference.hpp"
#include "engine/frontend/correlation_rule.hpp"
#include "engine/frontend/lookup_table.hpp"
#include "engine/frontend/rule.hpp"

namespace picket {

// A key of the file format whose value means something else than before.
struct KeyChange {
  std::string key;  // "Severity", "Condition"; of a report its heading, too: "Reports: MITRE ATT&CK"; "Remember: Key"
  std::string before;             // as text; empty if there was none
  std::string after;              // likewise
  bool prose = false;             // a text for people, perhaps of many lines
  std::vector<PartChange> parts;  // of lists and of texts in the detection language: these instead of before and after
};

// Everything but the tests, and `Use`, which means nothing by itself; in the order of the file format. Empty if both
// mean the same.
[[nodiscard]] std::vector<KeyChange> difference_of(const Rule& before, const Rule& after);
[[nodiscard]] std::vector<KeyChange> difference_of(const CorrelationRule& before, const CorrelationRule& after);
[[nodiscard]] std::vector<KeyChange> difference_of(const Library& before, const Library& after);
[[nodiscard]] std::vector<KeyChange> difference_of(const DataModel& before, const DataModel& after);
// Of the rows of a table only whether they are the same, and how many: the key is "rows".
[[nodiscard]] std::vector<KeyChange> difference_of(const LookupTable& before, const LookupTable& after);
[[nodiscard]] std::vector<KeyChange> difference_of(const PackManifest& before, const PackManifest& after);

// "rule", "scheduled rule", "policy", "correlation rule".
[[nodiscard]] std::string_view in_words(RuleKind kind);

}  // namespace picket
