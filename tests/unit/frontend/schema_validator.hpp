// A validator for the part of JSON Schema (draft-07) that our schema is written in.
#pragma once

#include <string>

#include "engine/event/value.hpp"

namespace picket::tests {

// Why the value is not valid, as "path: keyword"; empty if it is. Throws std::logic_error for a schema that says
// something this validator does not know, so that nothing is passed over in silence.
[[nodiscard]] std::string violation_of(const Value& value, const Value& schema);

}  // namespace picket::tests
