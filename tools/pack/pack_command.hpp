// `picket pack`: archives of rules, signed.
#pragma once

#include "tools/command.hpp"

namespace picket {

[[nodiscard]] Action declare_pack(Arguments& app);

}  // namespace picket
