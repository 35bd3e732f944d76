#include <filesystem>
#include <system_error>

#include "engine/project/project.hpp"

namespace picket {

std::string find_project() {
  namespace fs = std::filesystem;
  constexpr std::string_view name = "picket.yml";
  std::error_code error;
  const fs::path start = fs::current_path(error);
  if (error) return {};
  std::string found;
  std::string upwards;  // "../../": names stay as short as people write them
  for (fs::path folder = start;; folder = folder.parent_path(), upwards += "../") {
    if (found.empty() && fs::exists(folder / name, error)) found = upwards + std::string(name);
    if (fs::exists(folder / ".git", error)) return found;
    if (folder == folder.parent_path()) break;
  }
  return found == name ? found : std::string();
}

}  // namespace picket
