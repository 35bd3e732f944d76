// What must be the same of a correlation rule for its memory to mean the same. Internal to engine/correlation.
#pragma once

#include <string>

#include "engine/analyse/checked.hpp"

namespace picket {

// Its items, their rules and fields, their order: numbers and windows may be others, and what is remembered is then
// read by these.
[[nodiscard]] std::string form_of(const CheckedCorrelation& correlation);
// The numbers and windows as well: under the same one, what is remembered is the very same.
[[nodiscard]] std::string whole_form_of(const CheckedCorrelation& correlation);

}  // namespace picket
