// Measuring: programs by the clock on the wall, and the yardstick in this process.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace picket::bench {

using Seconds = double;

template <typename Work>
Seconds timed(Work work) {
  const auto begun = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<Seconds>(std::chrono::steady_clock::now() - begun).count();
}

// REQUIRES: not empty.
[[nodiscard]] inline Seconds median(std::vector<Seconds> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

// Runs a program to its end with its output thrown away; throws if it does not exit with 0.
void run_program(const std::filesystem::path& program, const std::vector<std::string>& arguments);

// The yardstick F: simdjson's On-Demand walk over every value of every line, raw: strings and numbers are found, not
// decoded. Returns how many values there are, so that nothing is optimised away; throws if a line is no JSON.
[[nodiscard]] std::size_t walk_lines(std::string_view padded_lines);
// The yardstick DOM: simdjson's parse of every line, into nothing.
[[nodiscard]] std::size_t parse_lines(std::string_view padded_lines);

// A file's text with the padding behind it that simdjson asks for. `size` is set to the text's own.
[[nodiscard]] std::string read_padded(const std::filesystem::path& file, std::size_t& size);

// "Intel Xeon ..., 2 threads".
[[nodiscard]] std::string machine();

}  // namespace picket::bench
