// `picket man`.
#pragma once

#include "tools/command.hpp"

namespace picket {

[[nodiscard]] Action declare_man(Arguments& app);

}  // namespace picket
