// The Sigma front end: rules of the Sigma specification 2.1 to the same Rule that a rule of our own gives. The door of
// engine/sigma.
//
// Where the specification is silent, rules/SIGMA.md says what holds.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/frontend/native.hpp"
#include "engine/sigma/log_source_map.hpp"
#include "engine/sigma/references.hpp"
#include "engine/yaml/node.hpp"
#include "grammar/text/diagnostic.hpp"

namespace picket::sigma {

// Whether a document looks like one of Sigma's: a rule, a correlation, a filter, or an instruction to those that follow
// (`action: global`). One whose keys are misspelt is one, too, if what stands below them looks so.
[[nodiscard]] bool is_sigma(const yaml::Node& document);

// The documents of a file as they are meant: what `action: global` says is said by each that follows, until `action:
// reset`; `action: repeat` says again what stood before, with changes. Instructions are left out, with an error those
// that give a rule the id of another one.
[[nodiscard]] std::vector<yaml::NodePtr> without_actions(const SourcePtr& source,
                                                         const std::vector<yaml::NodePtr>& documents,
                                                         Diagnostics& diagnostics);

// A filter: an exception to rules that stands apart from them. A rule that it names, or any of its log source, matches
// only where the filter's condition holds, too (specification 2.1, "Filters").
struct Filter {
  SourcePtr source;
  yaml::NodePtr document;
  LogSourceName log_source;
  std::vector<Located<std::string>> rules;  // ids, names or titles; empty: any
};

[[nodiscard]] bool is_filter(const yaml::Node& document);
// Reads a document that is a filter; nothing for one that is none, or that is broken, which the diagnostics say. A
// filter whose condition has no `not` gets a warning: it keeps what it describes, and drops all else.
[[nodiscard]] std::optional<Filter> read_filter(const SourcePtr& source, const yaml::NodePtr& node,
                                                const LogSourceMap& log_sources, Diagnostics& diagnostics);

// What a rule is read with. All must outlive the call.
struct SigmaOptions {
  const LogSourceMap& log_sources;
  const FrontendOptions& frontend;
  std::span<const Filter> filters;
  const References& references;  // to all documents of the pack; only correlations ask
};

[[nodiscard]] bool is_correlation(const yaml::Node& document);

// Reads a document that is no filter: a Rule, a CorrelationRule, or an Unusable with the reasons in the diagnostics.
[[nodiscard]] Analysis read_sigma(const SourcePtr& source, const yaml::Node& document, const SigmaOptions& options,
                                  Diagnostics& diagnostics);

}  // namespace picket::sigma
