#include "tools/import/import_command.hpp"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <system_error>
#include <utility>
#include <variant>
#include <vector>

#include "engine/alert/file_writer.hpp"
#include "engine/pack/pack.hpp"
#include "engine/sigma/native_text.hpp"
#include "tools/loading.hpp"
#include "tools/report/findings.hpp"
#include "tools/selecting.hpp"
#include "tools/terminal/display.hpp"

namespace picket {
namespace {

namespace fs = std::filesystem;

struct ImportOptions {
  std::string format;
  LoadOptions load;
  std::string log_type;
  std::string output;
  bool force = false;
};

ExitStatus complain(Console& console, const std::string& message) {
  console.err().line("picket import: " + escape_controls(message));
  return ExitStatus::could_not;
}

// The file of a rule in a folder: named like the one it comes from, and after its id where that holds several.
std::string path_of(const Rule& rule, const std::string& folder, std::set<std::string>& taken) {
  const std::string stem = fs::path(rule.source->name()).stem().string();
  std::string name = stem;
  for (int i = 2; !taken.insert(name).second; ++i) name = stem + "_" + std::to_string(i);
  return (fs::path(folder) / (name + ".yml")).string();
}

// Why the file could not be written; empty if it was.
std::string write(const std::string& path, const std::string& text, bool force) {
  std::error_code ignored;
  if (!force && fs::exists(fs::symlink_status(path, ignored))) return path + " exists; --force overwrites it";
  auto created = FileWriter::create(path);
  if (const auto* reason = std::get_if<std::string>(&created)) return path + ": " + *reason;
  auto& writer = std::get<FileWriter>(created);
  static_cast<void>(writer.write(text));  // finish() answers for all of it
  const Delivery written = writer.finish();
  return written.outcome == Delivery::Outcome::failed ? path + ": " + written.reason : "";
}

ExitStatus import_rules(ImportOptions options, Console& console) {
  options.load.lints = false;
  if (!settle(options.load, "import", "Give files or folders of Sigma rules", console)) return ExitStatus::could_not;
  const LoadedPack loaded = load_checked(options.load);
  const ExitStatus status = tell_errors(loaded.diagnostics, console);
  if (!options.output.empty()) {
    std::error_code fault;
    fs::create_directories(options.output, fault);
    if (fault) return complain(console, options.output + ": " + fault.message());
  }
  std::set<std::string> taken;
  std::size_t imported = 0;
  std::size_t homeless = 0;
  for (const CheckedRule& checked : loaded.checked.rules) {
    const Rule& rule = *checked.rule;
    if (rule.format != RuleFormat::sigma) continue;
    if (rule.log_types.empty() && options.log_type.empty()) {
      ++homeless;
      continue;
    }
    const std::string text = sigma::native_text(rule, options.log_type);
    if (options.output.empty()) {
      console.out().write((imported == 0 ? "" : "---\n") + text);
    } else if (std::string fault = write(path_of(rule, options.output, taken), text, options.force); !fault.empty()) {
      return complain(console, fault);
    }
    ++imported;
  }
  if (homeless > 0) {
    console.err().line("picket import: " + std::to_string(homeless) + (homeless == 1 ? " rule is" : " rules are") +
                       " of log sources that nothing maps; --log-type NAME says whose events they judge");
  }
  const auto correlations = std::ranges::count_if(
      loaded.checked.correlations, [](const CheckedCorrelation& one) { return one.rule->format == RuleFormat::sigma; });
  if (correlations > 0) {
    console.err().line("picket import: " + std::to_string(correlations) +
                       (correlations == 1 ? " correlation stays" : " correlations stay") +
                       " as written, and may name imported rules by their ids");
  }
  if (!options.output.empty()) {
    console.out().line("wrote " + std::to_string(imported) + (imported == 1 ? " rule" : " rules"));
  }
  if (status != ExitStatus::fine) return status;
  if (imported > 0) return ExitStatus::fine;
  if (homeless == 0 && correlations == 0) console.err().line("picket import: there is no rule of Sigma's here");
  return ExitStatus::nothing_selected;
}

}  // namespace

Action declare_import(Arguments& app) {
  const auto options = std::make_shared<ImportOptions>();
  add_choice(app, "format", options->format, {"sigma"}, "what the rules are written in").required();
  add_load_options(app, options->load);
  app.add_option("--log-type", options->log_type, "the log type of rules whose log source nothing maps")
      .type_name("NAME");
  app.add_option("-o,--output", options->output, "a folder to write them to, a file each (default: standard output)")
      .type_name("FOLDER");
  app.add_flag("--force", options->force, "overwrite files that are there");
  app.footer(
      "Examples:\n"
      "  picket import sigma sigma/rules/windows/process_creation/proc_creation_win_whoami_execution.yml\n"
      "  picket import sigma --output rules/imported sigma/rules/windows\n");
  return [options](Console& console) { return import_rules(*options, console); };
}

}  // namespace picket
