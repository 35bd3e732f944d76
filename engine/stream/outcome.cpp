#include "engine/stream/outcome.hpp"

namespace picket {

std::size_t weight_of(const Outcome& outcome) {
  const auto* signal = std::get_if<Signal>(&outcome);
  return sizeof outcome + (signal == nullptr ? 0 : memory_of(signal->texts));
}

}  // namespace picket
