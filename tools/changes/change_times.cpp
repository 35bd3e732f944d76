#include "tools/changes/change_times.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <variant>

#include "tools/changes/git.hpp"

namespace picket {

namespace fs = std::filesystem;

std::string revision_of(const std::vector<std::string>& paths) {
  const auto tops = repositories_of(paths);
  if (std::holds_alternative<std::string>(tops)) return {};
  std::string revision;
  for (const std::string& top : std::get<std::set<std::string>>(tops)) {
    std::string fault;
    revision += git(top, {"rev-parse", "HEAD"}, fault).value_or("");
  }
  return revision;
}

ChangeLog ChangeLog::of(const std::vector<std::string>& paths) {
  ChangeLog log;
  const auto tops = repositories_of(paths);
  if (std::holds_alternative<std::string>(tops)) return log;
  for (const std::string& top : std::get<std::set<std::string>>(tops)) {
    std::string fault;
    // A commit is a line with \x01 before its time, then the names of its files, each with a NUL behind it.
    const auto history = git(top, {"log", "--format=%x01%ct", "--name-only", "-z", "--no-renames", "--"}, fault);
    if (!history) continue;
    std::string_view rest = *history;
    std::int64_t seconds = 0;
    while (!rest.empty()) {
      std::string_view part = rest.substr(0, rest.find('\0'));
      rest.remove_prefix(std::min(part.size() + 1, rest.size()));
      while (part.starts_with('\n')) part.remove_prefix(1);
      if (part.starts_with('\x01')) {
        std::from_chars(part.data() + 1, part.data() + part.size(), seconds);
        const std::size_t newline = part.find('\n');
        if (newline == std::string_view::npos) continue;
        part.remove_prefix(newline);
        while (part.starts_with('\n')) part.remove_prefix(1);
      }
      if (part.empty()) continue;
      const auto [found, is_new] = log.files_.try_emplace(top + "/" + std::string(part), ChangeTimes{seconds, seconds});
      // Commits come the newest first, as far as they know the time.
      found->second.first = std::min(found->second.first, seconds);
      found->second.last = std::max(found->second.last, seconds);
    }
  }
  return log;
}

std::optional<ChangeTimes> ChangeLog::find(const std::string& path) const {
  if (files_.empty()) return std::nullopt;
  std::error_code ignored;
  const auto found = files_.find(fs::weakly_canonical(path, ignored).string());
  if (found == files_.end()) return std::nullopt;
  return found->second;
}

}  // namespace picket
