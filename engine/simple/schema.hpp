// The shapes of Panther's YAML detections as JSON Schema (draft-07): what the readers of this folder accept, made of
// the same table of conditions.
#pragma once

#include "engine/event/value.hpp"

namespace picket::simple {

// Definitions to stand under "definitions", which refer to one another: "expression" (of Detection), "filter" (of
// InlineFilters), "field" (of GroupBy), "context_entry" (of AlertContext), "dynamic_severity" and their parts.
[[nodiscard]] Object schema_definitions();

}  // namespace picket::simple
