// The format `ocsf`: a Detection Finding of the Open Cybersecurity Schema Framework (class 2004, schema 1.3.0).
#pragma once

#include <string>

#include "engine/state/alert.hpp"

namespace picket {

// Appends the alert as one line of JSON without its line end, as tools/run/FORMATS.md documents it: activity Create for
// an alert that is created, Update for its updates. What is not known is left out.
void append_ocsf_alert(std::string& out, const Alert& alert);

}  // namespace picket
