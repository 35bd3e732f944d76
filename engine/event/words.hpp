// Eight bytes at a time: what the hot path of reading events does with the bytes of a text, whatever the processor.
// Hot: nothing here allocates or branches on data beyond its loops.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace picket::words {

constexpr std::uint64_t ones = 0x0101010101010101U;
constexpr std::uint64_t highs = 0x8080808080808080U;
constexpr std::uint64_t case_bits = 0x2020202020202020U;

static_assert(std::endian::native == std::endian::little, "masks below keep the first bytes of a text");

[[nodiscard]] inline std::uint64_t load(const char* bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  return word;
}

[[nodiscard]] inline std::uint32_t load_half(const char* bytes) {
  std::uint32_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  return word;
}

// By a number of bytes: so many of a word, the first ones.
inline constexpr std::array<std::uint64_t, 9> firsts = [] {
  std::array<std::uint64_t, 9> table{};
  for (std::size_t count = 1; count < table.size(); ++count) table[count] = ~std::uint64_t{0} >> (64 - 8 * count);
  return table;
}();

// The first `count` bytes of a word, the rest zero. REQUIRES: 0 < count <= 8.
[[nodiscard]] inline std::uint64_t first_bytes(std::uint64_t word, std::size_t count) {
  return word & (~std::uint64_t{0} >> (64 - 8 * count));
}

// Not zero if some byte of the word is `byte`; the lowest bit set stands in the first of them.
[[nodiscard]] inline std::uint64_t bytes_equal(std::uint64_t word, char byte) {
  const std::uint64_t difference = word ^ (ones * static_cast<unsigned char>(byte));
  return (difference - ones) & ~difference & highs;
}

// The word with its ASCII capitals in lower case; other bytes, those beyond ASCII too, stay as they are.
[[nodiscard]] inline std::uint64_t lower_ascii(std::uint64_t word) {
  const std::uint64_t from_a = (word & ~highs) + ones * (128 - 'A');
  const std::uint64_t behind_z = (word & ~highs) + ones * (128 - 'Z' - 1);
  return word | ((from_a & ~behind_z & ~word & highs) >> 2U);
}

// Multiplies to 128 bits and folds them together (as in wyhash).
[[nodiscard]] inline std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
}

}  // namespace picket::words
