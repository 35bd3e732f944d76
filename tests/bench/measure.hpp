// Measuring: programs by the clock on the wall, work in this process by that of its thread, too.
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
// On one processor, if asked, whatever threads it has.
[[nodiscard]] Cost cost_of_program(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                                   bool one_processor = false);

// Of each kind of seconds by itself. REQUIRES: not empty.
[[nodiscard]] Cost median(const std::vector<Cost>& costs);

// The middle one. REQUIRES: not empty.
[[nodiscard]] double median(std::vector<double> values);

// Memory of this process that is resident, in bytes, after what is free was given back.
[[nodiscard]] double resident_bytes();

// "Intel Xeon ... (family 6, model 207), 2 threads".
[[nodiscard]] std::string machine();
// "GCC 12.2.0, Release".
[[nodiscard]] std::string compiler();

}  // namespace picket::bench
