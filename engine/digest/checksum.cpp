#include "engine/digest/checksum.hpp"

#include <xxhash.h>

namespace picket {

Checksum& Checksum::operator<<(std::string_view part) {
  sum_ = XXH3_64bits_withSeed(part.data(), part.size(), sum_);
  return *this;
}

}  // namespace picket
