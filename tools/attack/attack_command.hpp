// `picket attack`: which techniques of ATT&CK the rules cover, and its table.
#pragma once

#include "tools/command.hpp"

namespace picket {

[[nodiscard]] Action declare_attack(Arguments& app);

}  // namespace picket
