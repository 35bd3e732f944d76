// The files of a pack, put together. Internal to engine/pack.
#pragma once

#include <cstddef>
#include <vector>

#include "engine/pack/loaded.hpp"
#include "engine/pack/pack.hpp"

namespace picket {

// The pack of the files, in their order; those from `context_from` on are the context of the others.
[[nodiscard]] Pack assemble(std::vector<Loaded> files, std::size_t context_from, Diagnostics& diagnostics);

}  // namespace picket
