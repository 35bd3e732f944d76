#include "tools/watch/watch.hpp"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "engine/select/affected.hpp"
#include "tools/terminal/display.hpp"
#include "tools/terminal/stop_signal.hpp"
#include "tools/watch/file_watcher.hpp"

namespace picket {
namespace {

Pack quiet_pack(const LoadOptions& options) {
  Diagnostics told_by_the_run;
  PackOptions pack_options;
  pack_options.threads = options.threads;
  return load_pack(options.paths, pack_options, told_by_the_run);
}

// What to run over: the rules concerned with their bases, and beside them every library, data model
// and lookup table, which may stand anywhere. Nothing if that cannot be told from what has changed: then over
// everything.
std::vector<std::string> paths_for(const Pack& before, const std::set<std::string>& changed) {
  std::set<std::string> paths;
  std::error_code ignored;
  for (const std::string& file : changed) {
    const bool rows = std::ranges::any_of(before.lookup_tables, [&](const LookupTable& table) {
      return table.rows != nullptr && table.rows->name() == file;
    });
    if (rows || !std::filesystem::exists(file, ignored)) return {};
    paths.insert(file);
  }
  const auto has_changed = [&](const Source& source) { return changed.contains(source.name()); };
  for (const RuleMetadata* rule : affected_rules(before, has_changed)) {
    paths.insert(rule->source->name());
    if (!rule->descent) continue;
    for (const SourcePtr& base : rule->descent->bases) paths.insert(base->name());
  }
  for (const Library& library : before.libraries) paths.insert(library.source->name());
  for (const DataModel& model : before.data_models) paths.insert(model.source->name());
  for (const LookupTable& table : before.lookup_tables) paths.insert(table.source->name());
  return {paths.begin(), paths.end()};
}

std::string first_of(const std::set<std::string>& changed) {
  std::string words = escape_controls(*changed.begin());
  if (changed.size() > 1) words += " and " + std::to_string(changed.size() - 1) + " more";
  return words;
}

std::string cannot_watch(std::string_view command, const std::string& what) {
  return "picket " + std::string(command) + ": cannot watch: " + escape_controls(what);
}

}  // namespace

void add_watch_option(Arguments& app, bool& watch) {
  app.add_flag("--watch", watch, "run again, over what it concerns, whenever a rule file changes; end with Ctrl-C");
}

ExitStatus watch_rules(const LoadOptions& options, std::string_view command, const WatchedRun& run, Console& console) {
  const StopSignal stop;
  FileWatcher watcher(options.paths);
  if (!watcher.failure().empty()) {
    console.err().line(cannot_watch(command, watcher.failure()));
    return ExitStatus::could_not;
  }
  for (const std::string& spot : watcher.blind_spots()) {
    console.err().line(cannot_watch(command, spot) + "; what is renamed there is not noticed");
  }
  ExitStatus status = run(options);
  while (true) {
    console.out().flush();
    Output& err = console.err();
    const Pack pack = quiet_pack(options);
    for (const LookupTable& table : pack.lookup_tables) {
      if (table.rows != nullptr) watcher.add_file(table.rows->name());
    }
    if (!watcher.failure().empty()) err.line(cannot_watch(command, watcher.failure()));
    err.line(err.palette()(Style::dim, "watching; Ctrl-C ends"));
    err.flush();
    const std::set<std::string> changed = watcher.wait(stop.descriptor());
    if (changed.empty()) return status;
    err.line(err.palette()(Style::dim, "changed: " + first_of(changed)));
    LoadOptions concerned = options;
    if (std::vector<std::string> paths = paths_for(pack, changed); !paths.empty()) concerned.paths = std::move(paths);
    status = run(concerned);
  }
}

}  // namespace picket
