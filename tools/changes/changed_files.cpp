#include "tools/changes/changed_files.hpp"

#include <filesystem>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include "tools/changes/run_program.hpp"
#include "tools/terminal/display.hpp"

namespace picket {
namespace {

namespace fs = std::filesystem;

std::string in_quotes(std::string_view text) { return "`" + escape_controls(text) + "`"; }

std::string first_line(std::string_view text) { return escape_controls(text.substr(0, text.find('\n'))); }

// What git writes, or in `fault` why there is nothing.
std::optional<std::string> git(const std::string& folder, std::vector<std::string> arguments, std::string& fault) {
  arguments.insert(arguments.begin(), {"git", "-C", folder});
  auto ran = run_program(arguments);
  if (auto* reason = std::get_if<std::string>(&ran)) {
    fault = "git cannot be run: " + *reason;
    return std::nullopt;
  }
  auto& output = std::get<ProgramOutput>(ran);
  if (output.status == 0) return std::move(output.out);
  fault = output.err.find("not a git repository") != std::string::npos
              ? in_quotes(folder) + " is in no git repository"
              : "git: " + first_line(output.err.empty() ? "it failed" : output.err);
  return std::nullopt;
}

std::string folder_of(const std::string& path) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) return path;
  const std::string folder = fs::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

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
  std::set<std::string> folders;
  std::set<std::string> tops;
  std::error_code ignored;
  for (const std::string& path : paths) {
    // What does not exist is somebody else's complaint.
    if (fs::exists(path, ignored)) folders.insert(folder_of(path));
  }
  for (const std::string& folder : folders) {
    std::string fault;
    auto top = git(folder, {"rev-parse", "--show-toplevel"}, fault);
    if (!top) return fault;
    if (top->ends_with('\n')) top->pop_back();
    tops.insert(fs::weakly_canonical(*top, ignored).string());
  }
  for (const std::string& top : tops) {
    if (std::string fault = add_changes(top, revision, changed.files_); !fault.empty()) return fault;
  }
  return changed;
}

bool ChangedFiles::contains(const std::string& path) const {
  std::error_code ignored;
  return files_.contains(fs::weakly_canonical(path, ignored).string());
}

}  // namespace picket
