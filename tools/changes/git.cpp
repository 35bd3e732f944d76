#include "tools/changes/git.hpp"

#include <filesystem>
#include <system_error>
#include <utility>

#include "tools/changes/run_program.hpp"
#include "tools/terminal/display.hpp"

namespace picket {
namespace {

namespace fs = std::filesystem;

std::string first_line(std::string_view text) { return escape_controls(text.substr(0, text.find('\n'))); }

std::string folder_of(const std::string& path) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) return path;
  const std::string folder = fs::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

}  // namespace

std::string in_quotes(std::string_view text) { return "`" + escape_controls(text) + "`"; }

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

std::variant<std::set<std::string>, std::string> repositories_of(const std::vector<std::string>& paths) {
  std::set<std::string> folders;
  std::error_code ignored;
  for (const std::string& path : paths) {
    // What does not exist is somebody else's complaint.
    if (fs::exists(path, ignored)) folders.insert(folder_of(path));
  }
  std::set<std::string> tops;
  for (const std::string& folder : folders) {
    std::string fault;
    auto top = git(folder, {"rev-parse", "--show-toplevel"}, fault);
    if (!top) return fault;
    if (top->ends_with('\n')) top->pop_back();
    tops.insert(fs::weakly_canonical(*top, ignored).string());
  }
  return tops;
}

}  // namespace picket
