// The format `jsonl`: an alert as Picket says it itself.
#pragma once

#include <string>

#include "engine/state/alert.hpp"

namespace picket {

// Appends the alert as one line of JSON without its line end, as tools/run/README.md documents it. All keys are there
// always, in one order; what is not known, or an update does not say once more, is null. Always valid JSON and UTF-8.
void append_alert_json(std::string& out, const Alert& alert);

}  // namespace picket
