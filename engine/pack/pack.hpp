// Loading packs: from paths to rules, libraries, data models and manifests.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/archive/archive.hpp"
#include "engine/frontend/correlation_rule.hpp"
#include "engine/frontend/log_sources.hpp"
#include "engine/frontend/lookup_table.hpp"
#include "engine/frontend/rule.hpp"
#include "engine/lookup/table_limits.hpp"
#include "engine/yaml/node.hpp"
#include "grammar/condition/parse.hpp"
#include "grammar/text/diagnostic.hpp"

namespace picket {

class Enrichment;  // engine/lookup/enrichment.hpp

// Everything that a set of paths holds, in the order of the sorted file names.
struct Pack {
  std::vector<Rule> rules;
  std::vector<CorrelationRule> correlations;
  std::vector<Library> libraries;
  std::vector<DataModel> data_models;
  std::vector<LookupTable> lookup_tables;
  // What the enabled tables say of events; null if there is no such table.
  std::shared_ptr<const Enrichment> enrichment;
  std::vector<LogSources> log_sources;
  // How events without a log type get one: each a rule whose id is the log type, and which judges such events. Of log
  // types that some rule names; what the pack says goes before what ships with the product.
  std::vector<Rule> recognisers;
  std::vector<Rule> idle_recognisers;  // the same of the pack's own for log types that no rule names: only checked
  std::vector<PackManifest> manifests;
  std::vector<SourcePtr> sources;  // every file that was read and is an analysis file
  std::vector<Value> samples;      // see read_samples(); none unless asked for
  std::size_t skipped_rules = 0;   // rules whose logic is Python, or of a kind that is not supported; each has its note
  std::vector<std::string> skipped_ids;  // of those
  std::vector<std::string> broken_ids;   // of rules with errors, and so not among `rules`
  std::set<std::string> broken_models;   // log types whose data models have errors, and so are not among `data_models`
  std::set<std::string> broken_libraries;  // ids of those with errors, which are not among `libraries`
  // There are more of them, in files that are no YAML: for which log types, and by which ids, is not known.
  bool has_unread_models = false;
  bool has_unread_libraries = false;
  bool whole = false;             // as PackOptions said
  bool files_only = false;        // only files were named, no folder: there may be rules that were not loaded
  std::size_t skipped_tests = 0;  // tests of those, and of rules with errors
};

struct PackOptions {
  yaml::Limits yaml;
  Limits condition;
  // A rule that cannot be judged because its logic is a Python file is an error, not a note.
  bool strict = false;
  // Even of files that were named one by one: these are all the rules that there will be.
  bool whole = false;
  // Read the sample events that the pack ships, for the lints of fields.
  bool samples = false;
  std::size_t threads = 0;  // 0: as many as the machine has
  // Texts that are not on the disk yet, by file name: they are read in the place of the files.
  std::map<std::string, SourcePtr> unsaved;
  ArchiveLimits archive;
  TableLimits tables;
  // If set, nothing but archives is loaded, and of them those that it admits by their bytes. What it refuses, it
  // reports.
  std::function<bool(const std::string& path, std::string_view bytes, Diagnostics& diagnostics)> admit;
};

// Files found under `paths` as Panther's tool finds them (PANTHER format, file discovery): a directory is walked,
// hidden directories and `__pycache__` left out; of it only *.yml and *.yaml are read; a file that is named itself is
// always read. A path that does not exist is `no-such-file`. Sorted by name; each file once, by whatever ways it was
// found.
[[nodiscard]] std::vector<std::string> discover(const std::vector<std::string>& paths, Diagnostics& diagnostics);

// The files beside and above `paths` that may hold libraries and data models for them, so that one rule, or one folder
// of rules, can be checked by itself: those in the folder of a file, and in every folder above a relative path up to
// the current one, and there in `data_models`, `global_helpers` and `lookup_tables` (where Panther's repositories have
// them), whose text says `AnalysisType: definitions`, `datamodel` or `lookup_table`. Not searched further down. With
// `rules`, those of `AnalysisType: rule` too, which may be the bases of others. Sorted; none of `files`.
[[nodiscard]] std::vector<std::string> find_context(const std::vector<std::string>& paths,
                                                    const std::vector<std::string>& files, bool rules = false);

// Loads every file found under `paths`, an archive as if it were a folder (sources are named
// "pack.tar.gz/rules/a.yml"); and, if any of them uses a library or `udm`, the libraries and data models of their
// context, where those paths hold none of the same id or for the same log type. A YAML file without the key
// `AnalysisType` is passed over: in silence if it was found in a directory, with the warning `not-analysis` if it was
// named itself; one that means to have it is an error. All faults of all files are reported; what is sound is returned,
// so that a rule with an error does not hide the others. Ids are one namespace: the first of two equal ones in file
// order is kept, the second is `duplicate-id`. The result does not depend on the number of threads.
[[nodiscard]] Pack load_pack(const std::vector<std::string>& paths, const PackOptions& options,
                             Diagnostics& diagnostics);

// Whether a file of this name can hold the rows of a lookup table.
[[nodiscard]] bool is_table_file(std::string_view name);

// The same for sources already in memory, all of them named, for embedding and tests. The rows of lookup tables are
// among `unsaved`, or on the disk.
[[nodiscard]] Pack load_sources(const std::vector<SourcePtr>& sources, const PackOptions& options,
                                Diagnostics& diagnostics);

}  // namespace picket
