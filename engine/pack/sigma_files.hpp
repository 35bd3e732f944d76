// The Sigma files of a pack. Internal to engine/pack.
#pragma once

#include <vector>

#include "engine/pack/loaded.hpp"
#include "engine/pack/pack.hpp"

namespace picket {

// Reads the Sigma files by the log sources of all files.
void read_sigma_files(std::vector<Loaded>& files, const PackOptions& options);

}  // namespace picket
