#include "tools/changes/changed_files.hpp"

#include <filesystem>
#include <optional>
#include <string_view>
#include <system_error>

#include "tools/changes/git.hpp"
#include "tools/terminal/display.hpp"

namespace picket {
namespace {

namespace fs = std::filesystem;

void add_files(const std::string& top, std::string_view names, std::set<std::string>& files) {
  while (!names.empty()) {
    const std::size_t end = names.find('\0');
    files.insert((fs::path(top) / names.substr(0, end)).lexically_normal().string());
    names.remove_prefix(end == std::string_view::npos ? names.size() : end + 1);
  }
}

// Adds the changes of one repository; why not, or nothing.
std::string add_changes(const std::string& top, const std::string& revision, std::set<std::string>& files) {
  std::string fault;
  if (revision.starts_with('-') ||
      !git(top, {"rev-parse", "--verify", "--quiet", revision + "^{commit}"}, fault).has_value()) {
    if (fault.starts_with("git cannot")) return fault;
    return "there is no revision " + in_quotes(revision) + " in " + in_quotes(top) + "; a shallow clone may lack it";
  }
  // Without looking for renames: a file that was moved has changed under both names.
  const auto changed = git(top, {"diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", revision, "--"}, fault);
  if (!changed) return fault;
  add_files(top, *changed, files);
  const auto untracked = git(top, {"ls-files", "--others", "--exclude-standard", "-z"}, fault);
  if (!untracked) return fault;
  add_files(top, *untracked, files);
  return {};
}

}  // namespace

std::variant<ChangedFiles, std::string> ChangedFiles::since(const std::string& revision,
                                                            const std::vector<std::string>& paths) {
  ChangedFiles changed;
  auto tops = repositories_of(paths);
  if (auto* fault = std::get_if<std::string>(&tops)) return std::move(*fault);
  for (const std::string& top : std::get<std::set<std::string>>(tops)) {
    if (std::string fault = add_changes(top, revision, changed.files_); !fault.empty()) return fault;
  }
  return changed;
}

bool ChangedFiles::contains(const std::string& path) const {
  std::error_code ignored;
  return files_.contains(fs::weakly_canonical(path, ignored).string());
}

}  // namespace picket
