// `picket schema`: the format of rule files for editors.
#pragma once

#include "tools/command.hpp"

namespace picket {

Action declare_schema(Arguments& app);

}  // namespace picket
