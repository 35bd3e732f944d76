// Which fields of an event its alert carries.
#pragma once

#include <string>
#include <vector>

#include "engine/analyse/checked.hpp"

namespace picket {

struct OutputField {
  std::string field;                // see SubjectNames
  std::vector<std::string> places;  // where the alert has it: "title", "context: actor", "output" …, each once
};

// Those that the texts of the alert are made of: title, dedup, description, reference and runbook as templates, the
// context, `SummaryAttributes` and `Output`. In that order, those of a text in its order.
[[nodiscard]] std::vector<OutputField> output_fields_of(const CheckedPack& pack, const CheckedRule& rule);

}  // namespace picket
