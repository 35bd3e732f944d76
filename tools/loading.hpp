// What every command on rules begins with: paths in, a checked pack and everything that is wrong with it out.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/analyse/analyse.hpp"
#include "engine/pack/pack.hpp"
#include "engine/project/project.hpp"
#include "grammar/text/diagnostic.hpp"
#include "tools/arguments.hpp"
#include "tools/exit_status.hpp"
#include "tools/terminal/console.hpp"

namespace picket {

class AttackTable;

// The project file in force, and what is wrong with it.
struct LoadedProject {
  Project project;
  Diagnostics diagnostics;
};

struct LoadOptions {
  std::vector<std::string> paths;
  std::string project_file;  // empty: the one that find_project() finds
  std::string attack_table;  // a file; empty: the project's, else the one built in
  bool strict = false;
  bool lints = true;
  bool whole = false;       // see PackOptions
  bool plan_lints = false;  // also those that only a plan can tell
  std::size_t threads = 0;
  std::map<std::string, SourcePtr> unsaved;  // see PackOptions
  decltype(PackOptions::admit) admit;        // likewise

  std::shared_ptr<const LoadedProject> project;  // settle() sets it; null if there is none
};

struct LoadedPack {
  std::shared_ptr<const Pack> pack;
  CheckedPack checked;
  Diagnostics diagnostics;  // sorted, silenced, of the project's levels; those of tests' mocks included
};

// Declares PATH..., and what add_project_options declares, --strict and --jobs.
void add_load_options(Arguments& app, LoadOptions& options);
// Declares --project; and with it --attack-table.
void add_project_option(Arguments& app, LoadOptions& options);
void add_project_options(Arguments& app, LoadOptions& options);

// Reads the project file, and settles which rules are meant: the paths given, else those of the project, else `rules`
// if the current folder has one. False, and a sentence on standard error, if there is nothing to read. `how` says how
// paths are given: "Give a file or a folder".
[[nodiscard]] bool settle(LoadOptions& options, std::string_view command, std::string_view how, Console& console);

// The same without a word.
[[nodiscard]] bool find_rules(LoadOptions& options);

// REQUIRES: settle() was true.
[[nodiscard]] LoadedPack load_checked(const LoadOptions& options);

// The file of the table of ATT&CK that is asked for; empty if none is. REQUIRES: settle() was true.
[[nodiscard]] std::string attack_table_file(const LoadOptions& options);
// That table; the one built in if there is something wrong with it, which is reported.
// REQUIRES: settle() was true.
[[nodiscard]] std::shared_ptr<const AttackTable> load_attack_table(const LoadOptions& options,
                                                                   Diagnostics& diagnostics);

// could_not if a path could not be read at all, found if anything else is an error, else fine.
[[nodiscard]] ExitStatus status_of(std::span<const Diagnostic> diagnostics);
[[nodiscard]] inline ExitStatus status_of(const Diagnostics& diagnostics) { return status_of(diagnostics.all()); }

}  // namespace picket
