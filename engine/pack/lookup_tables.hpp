// The rows of a pack's lookup tables. Internal to engine/pack.
#pragma once

#include <map>
#include <string>

#include "engine/pack/pack.hpp"

namespace picket {

// Reads the files of the enabled tables, from the folders of those that name them, and makes of them what the pack says
// of events. A table of an archive has its rows in the archive: `archived` are the files there.
//
// Errors: missing-table, bad-table; what cannot be read leaves the others as they are.
void read_lookup_tables(Pack& pack, const PackOptions& options, const std::map<std::string, SourcePtr>& archived,
                        Diagnostics& diagnostics);

}  // namespace picket
