// What every command on rules begins with: paths in, a checked pack and everything that is wrong with it out.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/analyse/analyse.hpp"
#include "engine/pack/pack.hpp"
#include "grammar/text/diagnostic.hpp"
#include "tools/exit_status.hpp"

namespace CLI {  // NOLINT(readability-identifier-naming): as CLI11 spells it
class App;
}

namespace picket {

struct LoadOptions {
  std::vector<std::string> paths;
  bool strict = false;
  bool lints = true;
  std::size_t threads = 0;
  std::map<std::string, SourcePtr> unsaved;  // see PackOptions
};

struct LoadedPack {
  std::shared_ptr<const Pack> pack;
  CheckedPack checked;
  Diagnostics diagnostics;  // sorted; those of tests' mocks included
};

// Declares PATH..., --strict and --jobs.
void add_load_options(CLI::App& app, LoadOptions& options);

// The paths given, or `rules` if there are none and the current folder has one; empty if there is nothing to read.
[[nodiscard]] std::vector<std::string> paths_or_default(const std::vector<std::string>& paths);

[[nodiscard]] LoadedPack load_checked(const LoadOptions& options);

// could_not if a path could not be read at all, found if anything else is an error, else fine.
[[nodiscard]] ExitStatus status_of(const Diagnostics& diagnostics);

}  // namespace picket
