// Paths that are archives: what is loaded of them.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/pack/pack.hpp"

namespace picket {

struct ArchivedSources {
  std::vector<std::string> other_paths;      // that are no archives
  std::map<std::string, SourcePtr> sources;  // by name: "pack.tar.gz/rules/a.yml"
  bool any = false;                          // some paths are archives
};

// Opens the archives among the paths, by their content; of each all rule files and the
// files that may be rows of tables are taken, or none.
[[nodiscard]] ArchivedSources open_archives(const std::vector<std::string>& paths, const PackOptions& options,
                                            Diagnostics& diagnostics);

// Whether discover() takes a file of this name, and looks into a folder of this name.
[[nodiscard]] bool is_rule_file(std::string_view name);
[[nodiscard]] bool is_rule_folder(std::string_view name);

}  // namespace picket
