// The format `jsonl` as a JSON Schema (draft-07), for those who read alerts.
#pragma once

#include "engine/event/value.hpp"

namespace picket {

// Every line that append_alert_json() writes is valid by it.
[[nodiscard]] Value native_alert_schema();

}  // namespace picket
