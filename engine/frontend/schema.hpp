// The format of analysis files as a JSON Schema (draft-07), for editors and other people's tools.
#pragma once

#include "engine/event/value.hpp"

namespace picket {

// Made of the table of keys, so that it says what the loader says, as far as a schema can: texts in the detection
// language are any scalar to it; that items differ in case only, that ids, names of tests and keys occur once, whether
// a time exists, and all that analysis finds is beyond it. Files that the loader passes over with a note (Python rules,
// other kinds) are fine by it too.
[[nodiscard]] Value analysis_schema();

}  // namespace picket
