// `picket new`: a rule file to begin with, made of one event.
#pragma once

#include "tools/command.hpp"

namespace picket {

Action declare_new(Arguments& app);

}  // namespace picket
