#include "tests/bench/measure.hpp"

#include <fcntl.h>
#include <simdjson.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <stdexcept>
#include <thread>

namespace picket::bench {
namespace {

namespace ondemand = simdjson::ondemand;

std::size_t walk(ondemand::value value) {
  std::size_t seen = 1;
  switch (value.type()) {
    case ondemand::json_type::object:
      for (auto field : value.get_object()) {
        (void)field.key();
        seen += walk(field.value());
      }
      break;
    case ondemand::json_type::array:
      for (auto element : value.get_array()) seen += walk(element.value());
      break;
    default:
      (void)value.raw_json_token();
      break;
  }
  return seen;
}

double seconds_of(clockid_t clock) {
  timespec now{};
  ::clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

template <typename Work>
void for_each_line(std::string_view lines, Work work) {
  for (std::size_t begin = 0; begin < lines.size();) {
    const std::size_t end = std::min(lines.find('\n', begin), lines.size());
    if (end > begin) work(lines.substr(begin, end - begin));
    begin = end + 1;
  }
}

}  // namespace

Cost cost_of(const std::function<void()>& work) {
  const double wall = seconds_of(CLOCK_MONOTONIC);
  const double cpu = seconds_of(CLOCK_THREAD_CPUTIME_ID);
  work();
  return {seconds_of(CLOCK_MONOTONIC) - wall, seconds_of(CLOCK_THREAD_CPUTIME_ID) - cpu};
}

Cost cost_of_program(const std::filesystem::path& program, const std::vector<std::string>& arguments) {
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

Cost median(const std::vector<Cost>& costs) {
  const auto middle = [&](double Cost::*kind) {
    std::vector<double> values;
    for (const Cost& cost : costs) values.push_back(cost.*kind);
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
  };
  return {middle(&Cost::wall), middle(&Cost::cpu)};
}

std::size_t walk_lines(std::string_view padded_lines) {
  ondemand::parser parser;
  std::size_t seen = 0;
  for_each_line(padded_lines, [&](std::string_view line) {
    auto document = parser.iterate(line.data(), line.size(), line.size() + simdjson::SIMDJSON_PADDING);
    seen += walk(ondemand::value(document.get_value()));
  });
  return seen;
}

std::size_t parse_lines(std::string_view padded_lines) {
  simdjson::dom::parser parser;
  std::size_t seen = 0;
  for_each_line(padded_lines, [&](std::string_view line) {
    const simdjson::dom::object object = parser.parse(line.data(), line.size(), false);
    seen += object.size();
  });
  return seen;
}

std::string read_padded(const std::filesystem::path& file, std::size_t& size) {
  size = std::filesystem::file_size(file);
  std::string text(size + simdjson::SIMDJSON_PADDING, '\0');
  std::ifstream(file, std::ios::binary).read(text.data(), static_cast<std::streamsize>(size));
  return text;
}

std::string machine() {
  std::ifstream cpu("/proc/cpuinfo");
  std::string name = "unknown processor";
  for (std::string line; std::getline(cpu, line);) {
    if (line.starts_with("model name")) {
      name = line.substr(line.find(':') + 2);
      break;
    }
  }
  return name + ", " + std::to_string(std::thread::hardware_concurrency()) + " threads";
}

}  // namespace picket::bench
