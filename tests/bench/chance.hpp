// Chance with a seed: the same numbers on every machine, so that benchmarks measure the same things everywhere.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace picket::bench {

// SplitMix64: the standard library's distributions differ between implementations.
class Chance {
 public:
  explicit Chance(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15U);
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31U);
  }
  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(next() % bound); }
  std::size_t between(std::size_t low, std::size_t high) { return low + below(high - low + 1); }
  bool one_in(std::size_t n) { return below(n) == 0; }
  bool percent(std::size_t share) { return below(100) < share; }
  std::string_view pick(std::span<const std::string_view> from) { return from[below(from.size())]; }
  // Uneven, as real values are: the first ones of a list much oftener than the last.
  std::string_view pick_uneven(std::span<const std::string_view> from) { return from[below(below(from.size()) + 1)]; }
  // A rank below the bound by Zipf's law with the exponent 1: rank r comes about 1 / (r + 1) as often as rank 0.
  std::size_t zipf(std::size_t bound) {
    const double even = static_cast<double>(next() >> 11U) / 9007199254740992.0;  // [0, 1)
    const double rank = std::exp(even * std::log(static_cast<double>(bound) + 1)) - 1;
    return static_cast<std::size_t>(rank) < bound ? static_cast<std::size_t>(rank) : bound - 1;
  }
  // By Zipf's law with another exponent than 1.
  std::size_t zipf(std::size_t bound, double exponent) {
    const double even = static_cast<double>(next() >> 11U) / 9007199254740992.0;
    const double power = 1 - exponent;
    const double end = std::pow(static_cast<double>(bound) + 1, power);
    const double rank = std::pow(1 + even * (end - 1), 1 / power) - 1;
    return static_cast<std::size_t>(rank) < bound ? static_cast<std::size_t>(rank) : bound - 1;
  }
  std::string hex(std::size_t length) {
    std::string text;
    while (text.size() < length) text += "0123456789abcdef"[below(16)];
    return text;
  }
  std::string uuid() { return hex(8) + "-" + hex(4) + "-" + hex(4) + "-" + hex(4) + "-" + hex(12); }
  std::string digits(std::size_t low, std::size_t high) { return std::to_string(between(low, high)); }

 private:
  std::uint64_t state_;
};

// Appends a JSON string, quotes and all. REQUIRES: UTF-8 without control characters.
inline void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  out += '"';
}

}  // namespace picket::bench
