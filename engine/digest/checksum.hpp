// Checksum: tells of what was written down whether it is still the same. Owns xxHash.
#pragma once

#include <cstdint>
#include <string_view>

namespace picket {

// A chance fault goes unnoticed once in 2^64 times; whoever means to can write another text of the same sum. Each part
// goes in with its length, so that "a", "b" and "ab" differ. The same everywhere and always (XXH3, seeded with the sum
// of the parts before).
class Checksum {
 public:
  Checksum& operator<<(std::string_view part);
  [[nodiscard]] std::uint64_t value() const { return sum_; }

 private:
  std::uint64_t sum_ = 0;
};

}  // namespace picket
