// Chance and size of these tests: one printed seed and a number of pairs, both from the environment.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "tests/bench/generate.hpp"

namespace picket::tests {

using bench::Chance;

// The number that an environment variable holds, if there is one.
inline std::uint64_t number_from_environment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

// $PICKET_AGREE_SEED.
inline std::uint64_t agree_seed() { return number_from_environment("PICKET_AGREE_SEED", 20261125); }

// $PICKET_AGREE_PAIRS: how many pairs of a rule and an event each random test judges at least. The default is the
// build's: fewer under the sanitizers.
inline std::uint64_t agree_pairs() { return number_from_environment("PICKET_AGREE_PAIRS", PICKET_AGREE_DEFAULT_PAIRS); }

// A scenario's chance, and what a report calls it.
struct Origin {
  std::size_t test = 0;  // of the file: two tests do not repeat one another's scenarios
  std::size_t number = 0;

  [[nodiscard]] Chance chance() const {
    return Chance(agree_seed() ^ ((std::uint64_t{test} << 48U | number) * 0x9e3779b97f4a7c15U));
  }
  [[nodiscard]] std::string words() const {
    return "PICKET_AGREE_SEED=" + std::to_string(agree_seed()) + ", scenario " + std::to_string(number);
  }
};

}  // namespace picket::tests
