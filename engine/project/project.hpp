// The project file, picket.yml: what a team has settled for all its rules. The door of engine/project.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/frontend/rule.hpp"
#include "engine/project/event_path.hpp"
#include "engine/yaml/node.hpp"
#include "grammar/text/diagnostic.hpp"
#include "grammar/text/source.hpp"

namespace picket {

struct Project {
  // What has become of the level of a code; nothing: off.
  struct CodeLevel {
    Code code{};
    std::optional<Level> level;
  };

  SourcePtr source;
  std::vector<CodeLevel> levels;                     // `lints`
  std::optional<Located<std::string>> attack_table;  // a path as written: from the folder of the file
  std::vector<Located<std::string>> paths;           // likewise
  // `event_time`: where events of a log type say when they happened.
  std::map<std::string, EventPath, std::less<>> event_times;
};

// Where a file of that name is in force in a folder (empty: the current one): there, or in the nearest folder above
// that has one, no further than the root of the repository (where `.git` is). Outside of a repository only the folder
// itself is looked at. As the folder leads to it, "../../NAME"; empty if there is none.
[[nodiscard]] std::string find_upwards(const std::string& folder, std::string_view name);

// The project file that is in force in the current folder: `picket.yml`, found upwards.
[[nodiscard]] std::string find_project();

// Reads a project file. Reports everything that is wrong with it (the errors of yaml::load, not-a-mapping, unknown-key,
// wrong-type, bad-value, unknown-code, fixed-level) and returns what is sound.
[[nodiscard]] Project read_project(const SourcePtr& source, Diagnostics& diagnostics);

// Gives diagnostics the levels that the project wants, and drops those of codes that are off.
void apply_levels(const Project& project, Diagnostics& diagnostics);

// Finds the code that a word names and whose level may be changed. If there is none, says so: `unknown-code`, with the
// nearest, or `fixed-level` for a code of an error. `deed` ends the latter's sentence: "cannot be silenced".
[[nodiscard]] std::optional<Code> changeable_code(const SourcePtr& source, const Located<std::string>& word,
                                                  std::string_view deed, Diagnostics& diagnostics);

}  // namespace picket
