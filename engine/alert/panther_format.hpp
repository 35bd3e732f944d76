// The format `panther`: the body that Panther's custom webhook sends, and beside it the fields that Panther adds to the
// matches it stores.
#pragma once

#include <string>

#include "engine/state/alert.hpp"

namespace picket {

// Appends the alert as one line of JSON without its line end, as tools/run/FORMATS.md documents it.
void append_panther_alert(std::string& out, const Alert& alert);

}  // namespace picket
