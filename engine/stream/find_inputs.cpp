#include "engine/stream/find_inputs.hpp"

#include <glob.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace picket {
namespace {

namespace fs = std::filesystem;

std::uint64_t size_of(const fs::path& path) {
  std::error_code error;
  const bool regular = fs::is_regular_file(path, error);
  const std::uintmax_t size = regular ? fs::file_size(path, error) : 0;
  return error ? 0 : size;
}

void walk(const fs::path& folder, FoundInputs& found) {
  std::error_code error;
  std::vector<fs::path> entries;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    if (!entry->path().filename().native().starts_with('.')) entries.push_back(entry->path());
  }
  if (error) found.faults.push_back(folder.string() + ": " + error.message());
  std::sort(entries.begin(), entries.end(),
            [](const fs::path& a, const fs::path& b) { return a.native() < b.native(); });
  for (const fs::path& entry : entries) {
    if (fs::is_directory(fs::symlink_status(entry, error))) {
      walk(entry, found);
    } else if (fs::is_regular_file(entry, error)) {
      found.files.push_back({.path = entry.string(), .named = false, .size = size_of(entry)});
    }
  }
}

void add(const std::string& name, FoundInputs& found) {
  std::error_code error;
  if (fs::is_directory(name, error)) {
    walk(name, found);
  } else {
    found.files.push_back({.path = name, .named = true, .size = size_of(name)});
  }
}

void add_pattern(const std::string& pattern, FoundInputs& found) {
  glob_t matches{};
  const int result = ::glob(pattern.c_str(), 0, nullptr, &matches);
  if (result == 0) {
    for (std::size_t i = 0; i < matches.gl_pathc; ++i) add(matches.gl_pathv[i], found);
  } else {
    found.faults.push_back(pattern + (result == GLOB_NOMATCH ? ": no file matches" : ": cannot be searched"));
  }
  ::globfree(&matches);
}

}  // namespace

FoundInputs find_inputs(const std::vector<std::string>& names) {
  FoundInputs found;
  if (names.empty()) found.files.push_back({.path = "-"});
  for (const std::string& name : names) {
    std::error_code error;
    if (name == "-") {
      found.files.push_back({.path = name});
    } else if (fs::exists(fs::status(name, error))) {
      add(name, found);
    } else if (name.find_first_of("*?[") != std::string::npos) {
      add_pattern(name, found);
    } else {
      found.faults.push_back(name + ": " + error.message());
    }
  }
  return found;
}

}  // namespace picket
