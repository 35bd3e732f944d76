// What the benchmarks work on: rules with tests and events, made anew every time from fixed seeds, the same on every
// machine. No network, no data folder.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
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
  bool one_in(std::size_t n) { return below(n) == 0; }
  std::string_view pick(std::span<const std::string_view> from) { return from[below(from.size())]; }
  // Uneven, as real values are: the first ones of a list much oftener than the last.
  std::string_view pick_uneven(std::span<const std::string_view> from) { return from[below(below(from.size()) + 1)]; }

 private:
  std::uint64_t state_;
};

// Writes `rules` rule files into the folder, over 60 log types, with 1 to 4 comparisons each, and `tests` tests in all,
// all of which pass. REQUIRES: tests >= 2 * rules.
void write_rules(const std::filesystem::path& folder, std::size_t rules, std::size_t tests);

// Appends one CloudTrail-like event, with `p_log_type`, and a line end: 0.6 to 3 kB, 25 to 60 fields, no two alike.
void append_event(std::string& out, Chance& chance);

// Writes at least `bytes` of such lines.
void write_events(const std::filesystem::path& file, std::size_t bytes);

}  // namespace picket::bench
