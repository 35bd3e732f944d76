#include "tools/loading.hpp"

#include <filesystem>
#include <system_error>
#include <utility>

#include "engine/attack/attack_table.hpp"
#include "engine/pack/read_file.hpp"
#include "engine/project/silence.hpp"
#include "engine/ruleset/unindexed.hpp"
#include "engine/ruletest/mocks.hpp"
#include "tools/report/diagnostics.hpp"

namespace picket {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_project_bytes = 1024 * 1024;
constexpr std::size_t most_table_bytes = 16 * 1024 * 1024;  // ATT&CK's is 45 kB

std::shared_ptr<const LoadedProject> load_project(const LoadOptions& options) {
  const std::string file = options.project_file.empty() ? find_project() : options.project_file;
  if (file.empty()) return nullptr;
  auto loaded = std::make_shared<LoadedProject>();
  if (const SourcePtr source = read_file(file, most_project_bytes, loaded->diagnostics)) {
    loaded->project = read_project(source, loaded->diagnostics);
  }
  return loaded;
}

// A path of the project file, seen from the current folder.
std::string from_here(const Project& project, const std::string& path) {
  const fs::path folder = fs::path(project.source->name()).parent_path();
  return (folder / path).lexically_normal().string();
}

}  // namespace

void add_project_option(Arguments& app, LoadOptions& options) {
  app.add_option("--project", options.project_file,
                 "the project file (default: picket.yml here or above, in this repository)")
      .type_name("FILE");
}

void add_project_options(Arguments& app, LoadOptions& options) {
  add_project_option(app, options);
  app.add_option("--attack-table", options.attack_table,
                 "the table of ATT&CK to go by, as `picket attack import` writes it (default: the one built in)")
      .type_name("FILE");
}

void add_load_options(Arguments& app, LoadOptions& options) {
  app.add_option("paths", options.paths, "rule files and folders (default: the project's, or rules)").type_name("PATH");
  add_project_options(app, options);
  app.add_flag("--strict", options.strict, "a rule whose logic is a Python file is an error, not a note");
  app.add_option("-j,--jobs", options.threads, "threads to work with (default: as many as the machine has)")
      .type_name("N")
      .between(std::size_t{1}, std::size_t{1024});
}

bool find_rules(LoadOptions& options) {
  options.project = load_project(options);
  if (!options.paths.empty()) return true;
  if (options.project != nullptr) {
    for (const auto& path : options.project->project.paths) {
      options.paths.push_back(from_here(options.project->project, path.value));
    }
  }
  std::error_code ignored;
  if (options.paths.empty() && fs::is_directory("rules", ignored)) options.paths.emplace_back("rules");
  return !options.paths.empty();
}

bool settle(LoadOptions& options, std::string_view command, std::string_view how, Console& console) {
  if (find_rules(options)) return true;
  Output& err = console.err();
  if (options.project != nullptr && options.project->diagnostics.has_errors()) {
    constexpr std::size_t columns = 120;
    for (const Diagnostic& diagnostic : options.project->diagnostics.all()) {
      err.line(human_report(diagnostic, err.palette(), err.width().value_or(columns)));
    }
  }
  err.line("picket " + std::string(command) + ": which rules? " + std::string(how) +
           "; there is no folder `rules` here.");
  return false;
}

std::string attack_table_file(const LoadOptions& options) {
  if (!options.attack_table.empty()) return options.attack_table;
  if (options.project == nullptr || !options.project->project.attack_table) return {};
  return from_here(options.project->project, options.project->project.attack_table->value);
}

std::shared_ptr<const AttackTable> load_attack_table(const LoadOptions& options, Diagnostics& diagnostics) {
  const std::string file = attack_table_file(options);
  if (file.empty()) return AttackTable::built_in();
  std::error_code ignored;
  if (options.attack_table.empty() && !fs::exists(file, ignored)) {
    const Project& project = options.project->project;
    diagnostics.add(Code::no_such_file, project.source, project.attack_table->span, "there is no file `" + file + "`");
    return AttackTable::built_in();
  }
  const SourcePtr source = read_file(file, most_table_bytes, diagnostics);
  auto table = source == nullptr ? nullptr : AttackTable::parse(source, diagnostics);
  return table != nullptr ? table : AttackTable::built_in();
}

LoadedPack load_checked(const LoadOptions& options) {
  LoadedPack loaded;
  PackOptions pack_options;
  pack_options.strict = options.strict;
  pack_options.whole = options.whole;
  pack_options.threads = options.threads;
  pack_options.unsaved = options.unsaved;
  pack_options.admit = options.admit;
  pack_options.samples = options.lints;
  loaded.pack = std::make_shared<const Pack>(load_pack(options.paths, pack_options, loaded.diagnostics));
  AnalysisOptions analysis_options;
  analysis_options.lints = options.lints;
  analysis_options.threads = options.threads;
  if (options.lints) analysis_options.attack = load_attack_table(options, loaded.diagnostics);
  loaded.checked = analyse(loaded.pack, analysis_options, loaded.diagnostics);
  check_mocks(loaded.checked, loaded.diagnostics);
  if (options.plan_lints) {
    const auto checked = std::make_shared<CheckedPack>(std::move(loaded.checked));
    lint_unindexed_conditions(RuleSet(checked), loaded.diagnostics);
    loaded.checked = std::move(*checked);
  }
  // Without lints only errors are asked for, which no comment silences.
  if (options.lints) {
    silence(loaded.pack->sources, {.tell_unused = options.plan_lints, .threads = options.threads}, loaded.diagnostics);
  }
  if (options.project != nullptr) {
    if (options.project->project.source != nullptr) apply_levels(options.project->project, loaded.diagnostics);
    loaded.diagnostics.append(options.project->diagnostics);
  }
  loaded.diagnostics.sort();
  return loaded;
}

namespace {

// Faults that keep a path from being read at all.
bool concerns_path(Code code) {
  return code == Code::no_such_file || (code >= Code::unreadable_file && code <= Code::older_pack);
}

}  // namespace

ExitStatus status_of(std::span<const Diagnostic> diagnostics) {
  bool errors = false;
  for (const Diagnostic& diagnostic : diagnostics) {
    if (concerns_path(diagnostic.code)) return ExitStatus::could_not;
    errors |= diagnostic.level == Level::error;
  }
  return errors ? ExitStatus::found : ExitStatus::fine;
}

}  // namespace picket
