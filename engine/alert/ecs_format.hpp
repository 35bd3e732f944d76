// The format `ecs`: a document by the Elastic Common Schema (8.11).
#pragma once

#include <string>

#include "engine/state/alert.hpp"

namespace picket {

// Appends the alert as one line of JSON without its line end, as tools/run/FORMATS.md documents it. What is not known
// is left out; what the schema has no field for stands below `picket`.
void append_ecs_alert(std::string& out, const Alert& alert);

}  // namespace picket
