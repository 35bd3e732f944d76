// When files were changed, by git.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/catalog/catalog.hpp"

namespace picket {

// The commits that are checked out in the repositories that hold the paths; empty if there are none.
[[nodiscard]] std::string revision_of(const std::vector<std::string>& paths);

class ChangeLog {
 public:
  // Reads the history of the repositories that hold the paths; of what lies in none, or where there is no git, nothing
  // is known.
  [[nodiscard]] static ChangeLog of(const std::vector<std::string>& paths);

  // The first and the last commit that changed the file.
  [[nodiscard]] std::optional<ChangeTimes> find(const std::string& path) const;

 private:
  std::unordered_map<std::string, ChangeTimes> files_;  // by absolute path, without links
};

}  // namespace picket
