// `picket completions`.
#pragma once

#include "tools/command.hpp"

namespace picket {

[[nodiscard]] Action declare_completions(Arguments& app);

}  // namespace picket
