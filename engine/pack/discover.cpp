// Which files a set of paths stands for.
#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <utility>

#include "engine/pack/archived.hpp"
#include "engine/pack/read_file.hpp"

namespace picket {
namespace {

namespace fs = std::filesystem;

struct Found {
  std::string path;
  bool link = true;  // it may be one
};

// Where files are, whatever way leads there. Asking the system for each of ten thousand takes longer than reading them:
// of files that are no links the folder says it.
class Places {
 public:
  std::string of(const Found& file) {
    std::error_code error;
    const fs::path path(file.path);
    if (file.link) {
      const fs::path canonical = fs::weakly_canonical(path, error);
      return error ? file.path : canonical.string();
    }
    const std::string folder = path.parent_path().string();
    const auto [known, is_new] = folders_.try_emplace(folder);
    if (is_new) {
      const fs::path canonical = fs::weakly_canonical(folder.empty() ? "." : folder, error);
      known->second = error ? folder : canonical.string();
    }
    return known->second + "/" + path.filename().string();
  }

 private:
  std::map<std::string, std::string> folders_;
};

// As os.walk does: links to files are followed, links to directories are not, so there are no circles.
void walk(const fs::path& directory, std::vector<Found>& files, Diagnostics& diagnostics) {
  std::error_code error;
  fs::recursive_directory_iterator at(directory, error);
  for (; !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
    std::error_code unknown;
    if (at->is_directory(unknown)) {
      if (!is_rule_folder(at->path().filename().string())) at.disable_recursion_pending();
    } else if (is_rule_file(at->path().filename().string()) && at->is_regular_file(unknown)) {
      files.push_back({at->path().lexically_normal().string(), at->is_symlink(unknown)});
    }
  }
  if (error) {
    complain_of_file(Code::unreadable_file, directory.string(),
                     "`" + directory.string() + "` cannot be read: " + error.message(), diagnostics);
  }
}

}  // namespace

bool is_rule_file(std::string_view name) {
  return (name.ends_with(".yml") || name.ends_with(".yaml")) && !name.starts_with('.') && name != "dependabot.yml";
}

bool is_rule_folder(std::string_view name) { return !name.starts_with('.') && name != "__pycache__"; }

std::vector<std::string> discover(const std::vector<std::string>& paths, Diagnostics& diagnostics) {
  std::vector<Found> found;
  for (const std::string& path : paths) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (status.type() == fs::file_type::not_found) {
      complain_of_file(Code::no_such_file, path, "there is no file or directory `" + path + "`", diagnostics);
    } else if (error) {
      complain_of_file(Code::unreadable_file, path, "`" + path + "` cannot be read: " + error.message(), diagnostics);
    } else if (fs::is_directory(status)) {
      walk(path, found, diagnostics);
    } else {
      found.push_back({fs::path(path).lexically_normal().string()});
    }
  }
  std::ranges::sort(found, {}, &Found::path);
  // The same file may have come by two ways: `rules` and `rules/../rules/a.yml`.
  Places places;
  std::set<std::string> seen;
  std::vector<std::string> files;
  for (Found& file : found) {
    if (seen.insert(places.of(file)).second) files.push_back(std::move(file.path));
  }
  return files;
}

}  // namespace picket
