// `picket import`: rules of other formats as files of our own.
#pragma once

#include "tools/command.hpp"

namespace picket {

[[nodiscard]] Action declare_import(Arguments& app);

}  // namespace picket
