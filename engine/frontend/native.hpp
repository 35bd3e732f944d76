// The native front end: one YAML analysis file to one Rule, CorrelationRule, Library, DataModel, LookupTable,
// LogSources or PackManifest.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/frontend/correlation_rule.hpp"
#include "engine/frontend/keys.hpp"
#include "engine/frontend/log_sources.hpp"
#include "engine/frontend/lookup_table.hpp"
#include "engine/frontend/rule.hpp"
#include "engine/yaml/node.hpp"
#include "grammar/condition/parse.hpp"
#include "grammar/text/diagnostic.hpp"

namespace picket {

// A file that is no analysis file (no `AnalysisType`), and is passed over in silence.
struct NotAnalysis {};
// An analysis file that cannot be judged (Python logic, a kind that is not supported), or that is broken; said in
// the diagnostics either way.
struct Unusable {
  bool rule = false;                       // it would have been a rule
  bool broken = false;                     // there are errors in it
  std::optional<Located<std::string>> id;  // pack manifests may name it
  std::size_t tests = 0;                   // that a rule has, and that nobody will run
  std::vector<std::string> log_types{};    // that a data model would have served
  // What other files lean on. Of a file that is no YAML no more may be known than that.
  bool library = false;
  bool data_model = false;
};

// A rule that derives from another (`BaseDetection`), which has to be read first: see derive.hpp.
struct DerivedRule {
  std::optional<Located<std::string>> id;
  std::optional<Located<std::string>> base;
  std::size_t tests = 0;  // of its own
};

using Analysis = std::variant<NotAnalysis, Unusable, DerivedRule, Rule, CorrelationRule, Library, DataModel,
                              LookupTable, LogSources, PackManifest>;

// Notes of a file with errors what it would have been to others.
void add_what_leans_on_it(const Analysis& analysis, Unusable& unusable);

struct FrontendOptions {
  Limits condition;
  bool strict = false;  // see PackOptions
};

// Whether the file's logic is another rule's: it has a `BaseDetection`, and no logic of its own. REQUIRES: the file is
// a rule.
[[nodiscard]] bool is_derived(const yaml::Mapping& mapping);

// Reads the metadata (PANTHER format, sections 1 to 2.1, as its schema demands it, unknown keys included) and parses
// the texts. Reports everything that is wrong with the file; a Rule is returned only if nothing is. Of a DerivedRule
// nothing is checked yet.
[[nodiscard]] Analysis read_analysis(const SourcePtr& source, const yaml::Node& root, const FrontendOptions& options,
                                     Diagnostics& diagnostics);

// A value of `AnalysisType`.
struct AnalysisKind {
  std::string_view word;
  Holder holder = Holder::none;  // none: known, and not judged
  std::string_view id_key;
  bool rule = false;
};
// All that are known.
[[nodiscard]] std::span<const AnalysisKind> analysis_kinds();

// The kind of file that a value of `AnalysisType` means; Holder::none for those that are not judged, and for no value.
[[nodiscard]] Holder holder_from_word(std::string_view word);

}  // namespace picket
