#include "tools/run/sampling.hpp"

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <system_error>

#include "engine/stream/find_inputs.hpp"

namespace picket {
namespace {

constexpr std::size_t most_files = 4;
constexpr std::size_t bytes_of_file = std::size_t{512} * 1024;
constexpr std::size_t bytes_of_sample = std::size_t{64} * 1024 * 1024;

std::string first_bytes(std::ifstream& file, std::size_t most) {
  std::string text(most, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  return text;
}

// The first whole lines of a regular file whose first byte begins an object; of anything else nothing.
std::string first_lines(const std::string& path) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(path, ignored)) return {};
  std::ifstream file(path, std::ios::binary);
  std::string text = first_bytes(file, bytes_of_file);
  if (!text.starts_with('{')) return {};
  const std::size_t last = text.rfind('\n');
  text.resize(last == std::string::npos ? 0 : last);
  return text;
}

}  // namespace

EventSample sample_of_inputs(const std::vector<std::string>& inputs, const std::string& log_type) {
  EventSample sample;
  std::size_t files = 0;
  for (const FoundInput& input : find_inputs(inputs).files) {
    if (files == most_files) break;
    ++files;
    sample.add_lines(first_lines(input.path), log_type);
  }
  return sample;
}

std::variant<EventSample, NoSample> sample_of_file(const std::string& path, const std::string& log_type) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) return NoSample{"it is a folder"};
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) return NoSample{errno != 0 ? std::strerror(errno) : "it cannot be read"};
  EventSample sample;
  sample.add_lines(first_bytes(file, bytes_of_sample), log_type);
  if (sample.size() == 0) return NoSample{"no line of it is an event; it must hold JSON lines, not packed"};
  return sample;
}

}  // namespace picket
