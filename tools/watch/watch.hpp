// `--watch`: a command on rules that runs again when they change.
#pragma once

#include <functional>
#include <memory>
#include <string_view>
#include <utility>

#include "tools/command.hpp"
#include "tools/loading.hpp"
#include "tools/terminal/console.hpp"

namespace picket {

// One run of the command over these paths.
using WatchedRun = std::function<ExitStatus(const LoadOptions&)>;

void add_watch_option(Arguments& app, bool& watch);

// Runs the command, then again whenever rule files change: over the rules that this concerns (those in changed files,
// and those that use a changed library or data model), or over all of them if files were removed. Until Ctrl-C; returns
// the status of the last run. REQUIRES: settle() was true for `options`.
[[nodiscard]] ExitStatus watch_rules(const LoadOptions& options, std::string_view command, const WatchedRun& run,
                                     Console& console);

// The action of a command that may watch: `run` with the options as given, or with --watch again and again. `command`
// is its name ("test"); Options has `load` and `watch`.
template <typename Options>
[[nodiscard]] Action watchable(std::string_view command, std::shared_ptr<const Options> options,
                               ExitStatus (*run)(Options, Console&)) {
  return [=](Console& console) {
    if (!options->watch) return run(*options, console);
    LoadOptions load = options->load;
    if (!settle(load, command, "Give a file or a folder", console)) return ExitStatus::could_not;
    const auto run_over = [&](const LoadOptions& concerned) {
      Options now = *options;
      now.load = concerned;
      return run(std::move(now), console);
    };
    return watch_rules(load, command, run_over, console);
  };
}

}  // namespace picket
