// `picket catalog`: a static website of rules.
#pragma once

#include "tools/command.hpp"

namespace picket {

[[nodiscard]] Action declare_catalog(Arguments& app);

}  // namespace picket
