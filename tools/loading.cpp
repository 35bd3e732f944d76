#include "tools/loading.hpp"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <system_error>

#include "engine/ruletest/mocks.hpp"

namespace picket {

void add_load_options(CLI::App& app, LoadOptions& options) {
  app.add_option("paths", options.paths, "rule files and folders (default: rules)")->type_name("PATH");
  app.add_flag("--strict", options.strict, "a rule whose logic is a Python file is an error, not a note");
  app.add_option("-j,--jobs", options.threads, "threads to work with (default: as many as the machine has)")
      ->type_name("N")
      ->check(CLI::Range(1, 1024).description(""));
}

std::vector<std::string> paths_or_default(const std::vector<std::string>& paths) {
  std::error_code ignored;
  if (paths.empty() && std::filesystem::is_directory("rules", ignored)) return {"rules"};
  return paths;
}

LoadedPack load_checked(const LoadOptions& options) {
  LoadedPack loaded;
  PackOptions pack_options;
  pack_options.strict = options.strict;
  pack_options.threads = options.threads;
  pack_options.unsaved = options.unsaved;
  loaded.pack = std::make_shared<const Pack>(load_pack(options.paths, pack_options, loaded.diagnostics));
  AnalysisOptions analysis_options;
  analysis_options.lints = options.lints;
  analysis_options.threads = options.threads;
  loaded.checked = analyse(loaded.pack, analysis_options, loaded.diagnostics);
  check_mocks(loaded.checked, loaded.diagnostics);
  loaded.diagnostics.sort();
  return loaded;
}

ExitStatus status_of(const Diagnostics& diagnostics) {
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    if (diagnostic.code == Code::no_such_file || diagnostic.code == Code::unreadable_file) return ExitStatus::could_not;
  }
  return diagnostics.has_errors() ? ExitStatus::found : ExitStatus::fine;
}

}  // namespace picket
