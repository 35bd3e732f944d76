#include "engine/stream/batch.hpp"

#include <numeric>

namespace picket {

std::size_t Batch::memory_bytes() const {
  return std::accumulate(memory.begin(), memory.end(), std::size_t{0},
                         [](std::size_t sum, const auto& buffer) { return sum + buffer->capacity(); });
}

void Batch::clear() {
  pieces.clear();
  memory.clear();
  bytes = 0;
  end = 0;
  end_line = 1;
  input.reset();
  file.reset();
}

}  // namespace picket
