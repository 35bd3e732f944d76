// What is taken of the files of lookup tables.
#pragma once

#include <cstddef>

namespace picket {

struct TableLimits {
  std::size_t bytes = 64 * 1024 * 1024;            // of a file of rows
  std::size_t rows = 1'000'000;                    // of one table
  std::size_t database_bytes = 512 * 1024 * 1024;  // of a MaxMind database, which is used as it is
};

}  // namespace picket
