// The body of each function, by the name of its row. REQUIRES: the arguments are as many, and of the kinds, as the row
// says; call_function() sees to that.
#pragma once

#include "engine/eval/functions.hpp"

namespace picket::bodies {

#define PICKET_FUNCTION(name, spelling, group, parameters, result, meaning) Value name(const Call& call);
#include "grammar/ast/functions.def"
#undef PICKET_FUNCTION

}  // namespace picket::bodies
