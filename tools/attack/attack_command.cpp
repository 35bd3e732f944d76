#include "tools/attack/attack_command.hpp"

#include <memory>
#include <utility>
#include <variant>

#include "engine/alert/file_writer.hpp"
#include "engine/catalog/attack_coverage.hpp"
#include "engine/site/navigator_layer.hpp"
#include "tools/attack/coverage_report.hpp"
#include "tools/attack/import_attack.hpp"
#include "tools/loading.hpp"
#include "tools/report/counted.hpp"
#include "tools/report/diagnostics.hpp"
#include "tools/selecting.hpp"
#include "tools/terminal/display.hpp"

namespace picket {
namespace {

struct AttackOptions {
  LoadOptions load;
  SelectionOptions selection;
  bool disabled = false;  // count disabled rules, too
  std::string format = "human";
  std::string navigator;
  std::size_t columns = 0;  // 0: of the terminal
  bool all = false;
  bool importing = false;
  ImportOptions import;
};

// Why the layer could not be written, or nothing.
std::string write_layer(const std::string& file, const AttackCoverage& coverage) {
  auto created = FileWriter::create(file);
  if (const auto* reason = std::get_if<std::string>(&created)) return *reason;
  auto& writer = std::get<FileWriter>(created);
  static_cast<void>(writer.write(navigator_layer(coverage)));  // finish() answers for all of it
  const Delivery written = writer.finish();
  return written.outcome == Delivery::Outcome::failed ? written.reason : "";
}

void report(const AttackOptions& options, const AttackCoverage& coverage, Console& console) {
  Output& out = console.out();
  if (options.format == "json") {
    out.write(json_coverage(coverage, options.all));
  } else if (options.format == "markdown") {
    out.write(markdown_coverage(coverage, options.all));
  } else {
    const std::size_t columns = options.columns != 0 ? options.columns : out.width().value_or(default_columns);
    out.write(human_coverage(coverage, options.all, out.palette(), columns));
  }
  Output& err = console.err();
  if (!coverage.without.empty()) {
    const std::size_t more = coverage.without.size() - 1;
    err.line("picket attack: " + counted(coverage.without.size(), "rule") +
             " without a technique: " + escape_controls(coverage.without.front().id) +
             (more == 0 ? "" : " and " + std::to_string(more) + " more"));
  }
  if (coverage.unknown_claims > 0) {
    err.line("picket attack: " + counted(coverage.unknown_claims, "item") +
             " of reports not counted; `picket check` tells why");
  }
}

ExitStatus attack(AttackOptions options, Console& console) {
  if (options.importing) return import_attack(options.import, console);
  options.load.lints = false;
  if (!settle(options.load, "attack", "Give a file or a folder", console)) return ExitStatus::could_not;
  const auto selection = selection_of(options.selection, "picket attack", console);
  if (!selection) return ExitStatus::could_not;
  LoadedPack loaded = load_checked(options.load);
  keep_selected(loaded.checked, *selection);
  auto table = load_attack_table(options.load, loaded.diagnostics);
  const ExitStatus status = tell_errors(loaded.diagnostics, console);
  if (status == ExitStatus::could_not) return status;
  const AttackCoverage coverage = coverage_of(attack_statements(loaded.checked, options.disabled), std::move(table));
  if (coverage.rules == 0) {
    console.err().line(
        "picket attack: there is no rule to count: none was found or chosen, or all are disabled or broken");
    return status != ExitStatus::fine ? status : ExitStatus::nothing_selected;
  }
  if (!options.navigator.empty()) {
    if (const std::string fault = write_layer(options.navigator, coverage); !fault.empty()) {
      console.err().line("picket attack: " + escape_controls(options.navigator) + ": " + fault);
      return ExitStatus::could_not;
    }
  }
  report(options, coverage, console);
  return status;
}

}  // namespace

Action declare_attack(Arguments& app) {
  const auto options = std::make_shared<AttackOptions>();
  add_load_options(app, options->load);
  add_filter_option(app, options->selection);
  app.add_flag("--all", options->all, "show what is not covered, too");
  app.add_flag("--disabled", options->disabled, "count disabled rules, too");
  app.add_option("--navigator", options->navigator, "also write a layer for ATT&CK Navigator").type_name("FILE");
  add_choice(app, "--format", options->format, {"human", "json", "markdown"},
             "how to report (default: human); tools/README.md documents json");
  app.add_option("--columns", options->columns, "the width to fill (default: that of the terminal, else 120)")
      .type_name("N")
      .between(std::size_t{60}, std::size_t{1000});
  app.footer(
      "Examples:\n"
      "  picket attack\n"
      "  picket attack --navigator layer.json rules\n"
      "  picket attack import enterprise-attack.json --output attack.tsv\n"
      "  picket attack --attack-table attack.tsv rules\n");
  Arguments import = app.add_subcommand("import", "make a table of the file that MITRE publishes, a STIX bundle",
                                        [options] { options->importing = true; });
  import.add_option("file", options->import.file, "the bundle: enterprise-attack.json").type_name("FILE").required();
  import.add_option("-o,--output", options->import.output, "where to write the table (default: standard output)")
      .type_name("TABLE");
  import.add_option("--attack-version", options->import.version, "of which version a bundle is that does not say")
      .type_name("N");
  import.footer("Example:\n  picket attack import enterprise-attack.json --output attack.tsv\n");
  return [options](Console& console) { return attack(*options, console); };
}

}  // namespace picket
