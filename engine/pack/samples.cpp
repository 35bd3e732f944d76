#include "engine/pack/samples.hpp"

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <set>
#include <string_view>
#include <utility>
#include <variant>

#include "engine/event/json.hpp"

namespace picket {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_bytes_of_file = std::size_t{4} << 20;
constexpr std::size_t most_events_of_file = 1'000;
constexpr std::size_t most_events = 20'000;

void add_lines(std::string_view text, std::vector<Value>& events) {
  const std::size_t most = std::min(events.size() + most_events_of_file, most_events);
  while (!text.empty() && events.size() < most) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    auto value = read_json(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    auto* event = std::get_if<Value>(&value);
    const Value* log_type =
        event == nullptr || event->object() == nullptr ? nullptr : event->object()->find_exact("p_log_type");
    if (log_type != nullptr && log_type->string() != nullptr) events.push_back(std::move(*event));
  }
}

std::vector<fs::path> sample_files(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator at(folder, error); !error && at != fs::directory_iterator(); at.increment(error)) {
    std::error_code unknown;
    const std::string extension = at->path().extension().string();
    if ((extension == ".jsonl" || extension == ".json") && at->is_regular_file(unknown)) files.push_back(at->path());
  }
  std::ranges::sort(files);
  return files;
}

}  // namespace

std::vector<Value> read_samples(const std::vector<std::string>& files) {
  std::set<std::string> folders;
  for (const std::string& file : files) folders.insert(fs::path(file).parent_path().string());
  std::vector<Value> events;
  for (const std::string& folder : folders) {
    for (const fs::path& sample : sample_files(fs::path(folder) / "samples")) {
      std::ifstream file(sample, std::ios::binary);
      std::string text(most_bytes_of_file, '\0');
      file.read(text.data(), static_cast<std::streamsize>(text.size()));
      text.resize(static_cast<std::size_t>(std::max<std::streamsize>(file.gcount(), 0)));
      add_lines(text, events);
    }
  }
  return events;
}

}  // namespace picket
