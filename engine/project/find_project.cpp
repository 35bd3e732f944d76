#include <filesystem>
#include <system_error>

#include "engine/project/project.hpp"

namespace picket {

std::string find_upwards(const std::string& folder, std::string_view name) {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::path start = folder.empty() ? fs::current_path(error) : fs::weakly_canonical(folder, error);
  if (error) return {};
  std::string found;
  std::string upwards;  // "../../": names stay as short as people write them
  for (fs::path at = start;; at = at.parent_path(), upwards += "../") {
    if (found.empty() && fs::exists(at / name, error)) found = upwards + std::string(name);
    if (fs::exists(at / ".git", error)) return found;
    if (at == at.parent_path()) break;
  }
  return found == name ? found : std::string();
}

std::string find_project() { return find_upwards("", "picket.yml"); }

}  // namespace picket
