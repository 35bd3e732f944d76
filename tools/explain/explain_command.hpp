// `picket explain`: the page of a diagnostic code.
#pragma once

#include "tools/command.hpp"

namespace picket {

[[nodiscard]] Action declare_explain(Arguments& app);

}  // namespace picket
