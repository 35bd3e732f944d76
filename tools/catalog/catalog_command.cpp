#include "tools/catalog/catalog_command.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "catalog_engine.hpp"
#include "engine/html/html.hpp"
#include "engine/site/write_site.hpp"
#include "tools/catalog/catalog_build.hpp"
#include "tools/catalog/state_file.hpp"
#include "tools/report/counted.hpp"
#include "tools/selecting.hpp"
#include "tools/terminal/display.hpp"

namespace picket {
namespace {

// What is wrong with a URL that the options give; empty: nothing.
std::string fault_of_url(const std::string& url) {
  return Url::is_safe(url) && !url.starts_with("mailto:") ? std::string() : "it is no http or https URL";
}

std::string fault_of_source_url(const std::string& url) {
  std::string fault = fault_of_url(url);
  if (!fault.empty() || url.find("{path}") != std::string::npos) return fault;
  return "it lacks {path}, where the path of a rule's file is to stand";
}

void tell(const site::FolderWriter& writer, const CatalogOptions& options, std::size_t rules, Console& console) {
  std::string line = counted(rules, "rule") + ": " + counted(writer.files(), "file") + ", " +
                     std::to_string(writer.written()) + " written";
  if (writer.removed() > 0) line += ", " + std::to_string(writer.removed()) + " removed";
  console.out().line(line);
  console.out().line("open " + escape_controls((std::filesystem::path(options.folder) / "index.html").string()));
  if (options.texts.url.empty()) {
    console.err().line("picket catalog: without --url there is no sitemap.xml, and the feed has no addresses");
  }
}

ExitStatus catalog(CatalogOptions options, Console& console) {
  options.load.lints = false;
  if (!settle(options.load, "catalog", "Give a file or a folder", console)) return ExitStatus::could_not;
  if (!options.texts.url.empty() && !options.texts.url.ends_with('/')) options.texts.url += '/';
  options.texts.engine = !engine_script().empty();
  const StateFile state_file(options.folder);
  CatalogStart start = look_around(options, state_file);
  const site::FolderWriter& writer = *start.writer;
  CatalogBuilt built;
  if (writer.faults().empty()) {
    const std::optional<CatalogBuilt> changes = build_changes(options, state_file, start);
    built = changes ? *changes : build_all(options, state_file, start);
  }
  if (!writer.faults().empty()) {
    console.err().line("picket catalog: cannot write " + escape_controls(writer.faults().front()));
    return ExitStatus::could_not;
  }
  const ExitStatus status = tell_errors(built.diagnostics, console);
  if (status == ExitStatus::could_not) return status;
  if (built.rules == 0) {
    console.err().line("picket catalog: there is no sound rule to show");
    return status == ExitStatus::fine ? ExitStatus::nothing_selected : status;
  }
  tell(writer, options, built.rules, console);
  return status;
}

}  // namespace

Action declare_catalog(Arguments& app) {
  const auto options = std::make_shared<CatalogOptions>();
  add_load_options(app, options->load);
  app.add_option("-o,--output", options->folder, "the folder to write the site into (default: site)").type_name("DIR");
  app.add_option("--title", options->texts.title, "what the site is called").type_name("TEXT");
  app.add_option("--url", options->texts.url, "where the site will lie: for sitemap.xml and the feed")
      .type_name("URL")
      .check(fault_of_url);
  app.add_option("--source-url", options->texts.source, "where rule files can be read, with {path} for a file's path")
      .type_name("URL")
      .check(fault_of_source_url);
  app.add_flag("--mutate", options->mutate, "also tell how many planted mistakes the tests of each rule notice (slow)");
  app.footer(
      "Only what has changed is written. The site needs no server: open its index.html.\n"
      "Examples:\n"
      "  picket catalog rules -o site\n"
      "  picket catalog rules --source-url 'https://git.example.com/rules/blob/main/{path}'\n");
  return [options](Console& console) { return catalog(*options, console); };
}

}  // namespace picket
