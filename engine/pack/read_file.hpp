// Reading one file from the disk.
#pragma once

#include <cstddef>
#include <string>

#include "grammar/text/diagnostic.hpp"
#include "grammar/text/source.hpp"

namespace picket {

// Returns the file as a Source, or nothing and one error (no-such-file, unreadable-file). Of a file of more than `most`
// bytes only one byte more is read, so that a file without end costs no more than one that is just too large.
[[nodiscard]] SourcePtr read_file(const std::string& path, std::size_t most, Diagnostics& diagnostics);

// Reports a fault of a file that has no text to point into.
void complain_of_file(Code code, const std::string& path, std::string message, Diagnostics& diagnostics);

}  // namespace picket
