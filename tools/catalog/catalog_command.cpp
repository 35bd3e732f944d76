#include "tools/catalog/catalog_command.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include "engine/catalog/catalog.hpp"
#include "engine/catalog/gather.hpp"
#include "engine/html/html.hpp"
#include "engine/parallel/for_each_index.hpp"
#include "engine/site/site.hpp"
#include "engine/site/write_site.hpp"
#include "tools/changes/change_times.hpp"
#include "tools/loading.hpp"
#include "tools/report/counted.hpp"
#include "tools/selecting.hpp"
#include "tools/terminal/display.hpp"

namespace picket {
namespace {

struct Options {
  LoadOptions load;
  std::string folder = "site";
  std::string title = "Detection rules";
  std::string url;
  std::string source;
  bool mutate = false;
};

// What is wrong with a URL that the options give; empty: nothing.
std::string fault_of_url(const std::string& url) {
  return Url::is_safe(url) && !url.starts_with("mailto:") ? std::string() : "it is no http or https URL";
}

void tell(const site::FolderWriter& writer, const Options& options, std::size_t rules, Console& console) {
  std::string line = counted(rules, "rule") + ": " + counted(writer.files(), "file") + ", " +
                     std::to_string(writer.written()) + " written";
  if (writer.removed() > 0) line += ", " + std::to_string(writer.removed()) + " removed";
  console.out().line(line);
  console.out().line("open " + escape_controls((std::filesystem::path(options.folder) / "index.html").string()));
  if (options.url.empty()) {
    console.err().line("picket catalog: without --url there is no sitemap.xml, and the feed has no addresses");
  }
}

ExitStatus catalog(Options options, Console& console) {
  options.load.lints = false;
  if (!settle(options.load, "catalog", "Give a file or a folder", console)) return ExitStatus::could_not;
  if (!options.url.empty() && !options.url.ends_with('/')) options.url += '/';
  const LoadedPack loaded = load_checked(options.load);
  const ExitStatus status = status_of(loaded.diagnostics);
  if (loaded.checked.rules.empty() && loaded.checked.correlations.empty()) {
    console.err().line("picket catalog: there is no sound rule to show; `picket check` tells what is wrong");
    return status == ExitStatus::fine ? ExitStatus::nothing_selected : status;
  }
  GatherOptions gathering;
  gathering.tests.now = current_time();
  gathering.tests.threads = options.load.threads;
  gathering.mutate = options.mutate;
  Diagnostics table_faults;
  gathering.attack = load_attack_table(options.load, table_faults);
  const ChangeLog log = ChangeLog::of(options.load.paths);
  gathering.changes = [&log](const std::string& source) { return log.find(source); };
  const std::unique_ptr<const Gathered> gathered = gather(loaded.checked, gathering);

  const Catalog facts(gathered->facts, gathered->libraries, gathered->packs, gathering.attack);
  const site::Site site(facts, {.title = options.title, .url = options.url, .source = options.source});
  site::FolderWriter writer(options.folder);
  if (writer.faults().empty()) {
    const site::TakeFile take = [&writer](const site::SiteFile& file) { writer.take(file); };
    for_each_index(gathered->rules.size(), options.load.threads, 1, [&](std::size_t i) {
      site::make_rule_files(site, loaded.checked, gathered->rules[i], gathering.tests, take);
    });
    site::make_other_files(site, options.load.threads, take);
    take({"assets/context.js", site::context_script(*loaded.pack)});
    writer.finish();
  }
  if (!writer.faults().empty()) {
    console.err().line("picket catalog: cannot write " + escape_controls(writer.faults().front()));
    return ExitStatus::could_not;
  }
  tell(writer, options, gathered->rules.size(), console);
  remark_on_errors(status, "picket catalog", console);
  return status;
}

}  // namespace

Action declare_catalog(Arguments& app) {
  const auto options = std::make_shared<Options>();
  add_load_options(app, options->load);
  app.add_option("-o,--output", options->folder, "the folder to write the site into (default: site)").type_name("DIR");
  app.add_option("--title", options->title, "what the site is called").type_name("TEXT");
  app.add_option("--url", options->url, "where the site will lie: for sitemap.xml and the feed")
      .type_name("URL")
      .check(fault_of_url);
  app.add_option("--source-url", options->source, "where rule files can be read, with {path} for a file's path")
      .type_name("URL")
      .check(fault_of_url);
  app.add_flag("--mutate", options->mutate, "also tell how many planted mistakes the tests of each rule notice (slow)");
  app.footer(
      "Only what has changed is written. The site needs no server: open its index.html.\n"
      "Examples:\n"
      "  picket catalog rules -o site\n"
      "  picket catalog rules --source-url 'https://git.example.com/rules/blob/main/{path}'\n");
  return [options](Console& console) { return catalog(*options, console); };
}

}  // namespace picket
