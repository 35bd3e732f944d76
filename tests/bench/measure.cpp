#include "tests/bench/measure.hpp"

#include <fcntl.h>
#include <malloc.h>
#include <sched.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <ctime>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <thread>

namespace picket::bench {
namespace {

double seconds_of(clockid_t clock) {
  timespec now{};
  ::clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

// Confines this thread, and what it starts, to the first processor that it may use, until its end.
class OneProcessor {
 public:
  OneProcessor() {
    ::sched_getaffinity(0, sizeof before_, &before_);
    cpu_set_t one;
    CPU_ZERO(&one);
    for (std::size_t i = 0; i < CPU_SETSIZE && CPU_COUNT(&one) == 0; ++i) {
      if (CPU_ISSET(i, &before_)) CPU_SET(i, &one);
    }
    ::sched_setaffinity(0, sizeof one, &one);
  }
  OneProcessor(const OneProcessor&) = delete;
  OneProcessor& operator=(const OneProcessor&) = delete;
  ~OneProcessor() { ::sched_setaffinity(0, sizeof before_, &before_); }

 private:
  cpu_set_t before_{};
};

// The value of a line "name : value" of /proc/cpuinfo.
std::string processor_field(std::string_view name) {
  std::ifstream processors("/proc/cpuinfo");
  for (std::string line; std::getline(processors, line);) {
    if (line.starts_with(name) && line.find(':') + 2 <= line.size()) return line.substr(line.find(':') + 2);
  }
  return "unknown";
}

}  // namespace

Cost cost_of(const std::function<void()>& work) {
  const double wall = seconds_of(CLOCK_MONOTONIC);
  const double cpu = seconds_of(CLOCK_THREAD_CPUTIME_ID);
  work();
  return {seconds_of(CLOCK_MONOTONIC) - wall, seconds_of(CLOCK_THREAD_CPUTIME_ID) - cpu};
}

Cost cost_of_program(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                     bool one_processor) {
  std::string name = program.string();
  std::vector<std::string> owned = arguments;
  std::vector<char*> argv = {name.data()};
  for (std::string& argument : owned) argv.push_back(argument.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  for (const int descriptor : {STDOUT_FILENO, STDERR_FILENO}) {
    posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_WRONLY, 0);
  }
  std::optional<OneProcessor> confined;
  if (one_processor) confined.emplace();
  const double begun = seconds_of(CLOCK_MONOTONIC);
  pid_t child = 0;
  const int failure = posix_spawn(&child, name.c_str(), &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  int status = -1;
  rusage usage{};
  if (failure != 0 || ::wait4(child, &status, 0, &usage) != child || status != 0) {
    throw std::runtime_error(name + " failed with " + std::to_string(status));
  }
  return {seconds_of(CLOCK_MONOTONIC) - begun, seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime)};
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

Cost median(const std::vector<Cost>& costs) {
  std::vector<double> wall;
  std::vector<double> cpu;
  for (const Cost& cost : costs) {
    wall.push_back(cost.wall);
    cpu.push_back(cost.cpu);
  }
  return {median(wall), median(cpu)};
}

double resident_bytes() {
  ::malloc_trim(0);
  std::size_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages >> pages;
  return static_cast<double>(pages) * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

std::string machine() {
  return processor_field("model name") + " (family " + processor_field("cpu family") + ", model " +
         processor_field("model\t") + "), " + std::to_string(std::thread::hardware_concurrency()) + " threads";
}

std::string compiler() {
#ifdef __clang__
  return "Clang " __clang_version__ ", " PICKET_BUILD_TYPE;
#else
  return "GCC " __VERSION__ ", " PICKET_BUILD_TYPE;
#endif
}

}  // namespace picket::bench
