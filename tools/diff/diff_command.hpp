// `picket diff`: what changed in meaning between two packs, and what that does to alerts.
#pragma once

#include "tools/command.hpp"

namespace picket {

Action declare_diff(Arguments& app);

}  // namespace picket
