// One file of a pack, read by itself. Internal to engine/pack.
#pragma once

#include <cstddef>

#include "engine/pack/loaded.hpp"
#include "engine/pack/pack.hpp"

namespace picket {

constexpr std::size_t files_per_thread = 8;  // fewer are read sooner by one

// Reads what `loaded.source` holds. `named`: the user asked for this very file, so that a file that is no analysis file
// is worth a word.
void read_source(Loaded& loaded, bool named, const PackOptions& options);

}  // namespace picket
