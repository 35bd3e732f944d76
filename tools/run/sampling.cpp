#include "tools/run/sampling.hpp"

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <system_error>

#include "engine/stream/find_inputs.hpp"

namespace picket {
namespace {

constexpr std::size_t most_files = 4;
constexpr std::size_t bytes_of_file = std::size_t{512} * 1024;

// The first whole lines of a regular file whose first byte begins an object; of anything else nothing.
std::string first_lines(const std::string& path) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(path, ignored)) return {};
  std::string text(bytes_of_file, '\0');
  std::ifstream file(path, std::ios::binary);
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
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

}  // namespace picket
