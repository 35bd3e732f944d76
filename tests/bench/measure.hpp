// Measuring: programs by the clock on the wall, and the yardstick in this process.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace picket::bench {

// Seconds on the wall, and those that processors spent on it: the second tells the truth on a busy machine too.
struct Cost {
  double wall = 0;
  double cpu = 0;
};

// Of work in this process, on this thread.
[[nodiscard]] Cost cost_of(const std::function<void()>& work);
// Of a program from its start to its end, all its threads, its output thrown away; throws if it does not exit with 0.
[[nodiscard]] Cost cost_of_program(const std::filesystem::path& program, const std::vector<std::string>& arguments);

// Of each kind of seconds by itself. REQUIRES: not empty.
[[nodiscard]] Cost median(const std::vector<Cost>& costs);

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
