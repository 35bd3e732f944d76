#include "engine/pack/pack.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <set>
#include <system_error>
#include <utility>

#include "engine/pack/archived.hpp"
#include "engine/pack/assembly.hpp"
#include "engine/pack/derived.hpp"
#include "engine/pack/lookup_tables.hpp"
#include "engine/pack/read_file.hpp"
#include "engine/pack/read_source.hpp"
#include "engine/pack/samples.hpp"
#include "engine/pack/sigma_files.hpp"
#include "engine/parallel/for_each_index.hpp"

namespace picket {
namespace {

// Whether a file may need a library, a data model, a lookup table or a base. Looking for them reads every file of a
// folder, which a rule that stands by itself should not wait for.
bool leans_on_others(const Loaded& loaded) {
  if (loaded.derived != nullptr) return true;
  const std::string_view text = loaded.source->text();
  return text.find("\nUse:") != std::string_view::npos || text.find("udm") != std::string_view::npos ||
         text.find("nrichment") != std::string_view::npos;
}

std::vector<Loaded> load_files(const std::vector<std::string>& files, const std::set<std::string>& named,
                               const PackOptions& options) {
  std::vector<Loaded> loaded(files.size());
  for_each_index(files.size(), options.threads, files_per_thread, [&](std::size_t i) {
    const auto unsaved = options.unsaved.find(files[i]);
    loaded[i].source = unsaved != options.unsaved.end()
                           ? unsaved->second
                           : read_file(files[i], options.yaml.bytes, loaded[i].diagnostics);
    if (loaded[i].source == nullptr) return;
    read_source(loaded[i], named.contains(files[i]), options);
    loaded[i].leans_on_others = leans_on_others(loaded[i]);
  });
  return loaded;
}

}  // namespace

Pack load_pack(const std::vector<std::string>& paths, const PackOptions& options, Diagnostics& diagnostics) {
  const ArchivedSources archived = open_archives(paths, options, diagnostics);
  std::vector<std::string> files = discover(archived.other_paths, diagnostics);
  for (const auto& [name, source] : archived.sources) {
    if (is_rule_file(std::filesystem::path(name).filename().string())) files.push_back(name);
  }
  std::ranges::sort(files);
  std::set<std::string> named;
  for (const std::string& path : paths) named.insert(std::filesystem::path(path).lexically_normal().string());
  PackOptions with_archived = options;
  with_archived.unsaved.insert(archived.sources.begin(), archived.sources.end());
  std::vector<Loaded> loaded = load_files(files, named, with_archived);
  read_sigma_files(loaded, options);
  const std::size_t context_from = loaded.size();
  if (std::ranges::any_of(loaded, &Loaded::leans_on_others)) {
    const bool bases = lacks_base(loaded);
    std::ranges::move(load_files(find_context(archived.other_paths, files, bases), {}, options),
                      std::back_inserter(loaded));
  }
  read_derived_rules(loaded, {options.condition, options.strict});
  Pack pack = assemble(std::move(loaded), context_from, diagnostics);
  read_lookup_tables(pack, options, archived.sources, diagnostics);
  if (options.samples) pack.samples = read_samples(files);
  std::error_code ignored;
  pack.whole = options.whole;
  pack.files_only = !archived.any && std::ranges::none_of(paths, [&](const std::string& path) {
    return std::filesystem::is_directory(path, ignored);
  });
  return pack;
}

}  // namespace picket
