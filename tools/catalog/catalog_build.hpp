// Making a catalog's site: all of it, or of an earlier one what has changed since.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/site/page.hpp"
#include "engine/site/write_site.hpp"
#include "grammar/text/diagnostic.hpp"
#include "tools/catalog/state_file.hpp"
#include "tools/loading.hpp"
#include "tools/terminal/console.hpp"

namespace picket {

struct CatalogOptions {
  LoadOptions load;
  std::string folder = "site";
  site::SiteTexts texts;
  bool mutate = false;
};

struct CatalogBuilt {
  std::size_t rules = 0;    // in the catalog
  Diagnostics diagnostics;  // of loading
};

// What is there before anything is made.
struct CatalogStart {
  std::unique_ptr<site::FolderWriter> writer;
  std::optional<CatalogState> state;              // of the last run
  std::optional<std::vector<SourceStamp>> files;  // the rule files; nothing if they cannot be told, see stamp_files()
  std::string revision;                           // of their repositories
};
[[nodiscard]] CatalogStart look_around(const CatalogOptions& options, const StateFile& state_file);

// Makes of an earlier site what a few changed rules concern; nothing if the change is of another kind, and all must be
// made. The files that are given to the writer are the same as all of them would be. Takes the state out of `start`.
[[nodiscard]] std::optional<CatalogBuilt> build_changes(const CatalogOptions& options, const StateFile& state_file,
                                                        CatalogStart& start);

// Makes all of the site; without a sound rule, or if something could not be read, nothing of it.
[[nodiscard]] CatalogBuilt build_all(const CatalogOptions& options, const StateFile& state_file, CatalogStart& start);

}  // namespace picket
