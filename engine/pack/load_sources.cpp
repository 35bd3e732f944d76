// A pack of texts in memory. Apart from load_pack(), so that who has no disk needs neither folders nor archives.
#include "engine/pack/assembly.hpp"
#include "engine/pack/derived.hpp"
#include "engine/pack/lookup_tables.hpp"
#include "engine/pack/read_source.hpp"
#include "engine/pack/sigma_files.hpp"
#include "engine/parallel/for_each_index.hpp"

namespace picket {

Pack load_sources(const std::vector<SourcePtr>& sources, const PackOptions& options, Diagnostics& diagnostics) {
  std::vector<Loaded> loaded(sources.size());
  for_each_index(sources.size(), options.threads, files_per_thread, [&](std::size_t i) {
    loaded[i].source = sources[i];
    read_source(loaded[i], true, options);
  });
  read_sigma_files(loaded, options);
  read_derived_rules(loaded, {options.condition, options.strict});
  Pack pack = assemble(std::move(loaded), sources.size(), diagnostics);
  read_lookup_tables(pack, options, {}, diagnostics);
  return pack;
}

}  // namespace picket
