#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <string_view>

#include "engine/pack/pack.hpp"
#include "engine/pack/said_kind.hpp"

namespace picket {

namespace {

namespace fs = std::filesystem;

// Where Panther's repositories keep what their rules lean on: beside the folder of rules, and its tools look there
// whichever folder they are given.
constexpr std::array<std::string_view, 3> shared_folders = {"data_models", "global_helpers", "lookup_tables"};

void add_folder(const fs::path& folder, std::set<fs::path>& folders) {
  folders.insert(folder);
  for (const std::string_view name : shared_folders) {
    std::error_code error;
    if (fs::is_directory(folder / name, error)) folders.insert(folder / name);
  }
}

// The folders whose libraries and data models a path may need.
void add_folders(const fs::path& path, std::set<fs::path>& folders) {
  std::error_code error;
  const bool is_folder = fs::is_directory(path, error);
  fs::path folder = path.parent_path();
  if (!is_folder) folders.insert(folder);
  // Above an absolute path, or one that leaves the current folder, nothing is known to belong to the pack.
  if (path.is_absolute() || path.begin() == path.end() || *path.begin() == "..") return;
  for (; !folder.empty(); folder = folder.parent_path()) add_folder(folder, folders);
  if (path != ".") add_folder(fs::path(), folders);
}

// Whether the line with the file's AnalysisType names a kind that other files lean on. Cheaper than parsing, and only a
// first sieve: the front end decides.
bool may_be_context(const fs::path& file, bool rules) {
  std::ifstream stream(file, std::ios::binary);
  std::string line;
  // Hand-written files say what they are near their top.
  for (int i = 0; i < 200 && std::getline(stream, line); ++i) {
    const auto kind = said_kind(line);
    if (!kind) continue;
    const auto names = [&kind](std::string_view word) { return kind->find(word) != std::string_view::npos; };
    return names("definitions") || names("datamodel") || names("lookup_table") || (rules && names("rule"));
  }
  return false;
}

}  // namespace

std::vector<std::string> find_context(const std::vector<std::string>& paths, const std::vector<std::string>& files,
                                      bool rules) {
  std::set<fs::path> folders;
  for (const std::string& path : paths) {
    fs::path normal = fs::path(path).lexically_normal();
    if (!normal.has_filename()) normal = normal.parent_path();
    add_folders(normal.empty() ? fs::path(".") : normal, folders);
  }
  const std::set<std::string> known(files.begin(), files.end());
  std::set<std::string> found;
  for (const fs::path& folder : folders) {
    std::error_code error;
    for (fs::directory_iterator entry(folder.empty() ? fs::path(".") : folder, error), end; !error && entry != end;
         entry.increment(error)) {
      const std::string extension = entry->path().extension().string();
      if (extension != ".yml" && extension != ".yaml") continue;
      std::error_code status;
      if (!entry->is_regular_file(status)) continue;
      const std::string file = (folder / entry->path().filename()).string();
      if (!known.contains(file) && may_be_context(entry->path(), rules)) found.insert(file);
    }
  }
  return {found.begin(), found.end()};
}

}  // namespace picket
