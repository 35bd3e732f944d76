// `picket trace`: what each part of a rule says of an event.
#pragma once

#include "tools/command.hpp"

namespace picket {

[[nodiscard]] Action declare_trace(Arguments& app);

}  // namespace picket
