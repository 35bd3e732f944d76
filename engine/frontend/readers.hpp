// The readers of the kinds of analysis files, one per file. Each takes a section that has been checked against the
// table of keys, reports what that check could not see, and returns what it could read; native.cpp drops the result if
// anything was wrong.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "engine/frontend/native.hpp"
#include "engine/frontend/rule.hpp"
#include "engine/frontend/section.hpp"

namespace picket {

[[nodiscard]] Rule read_rule(const Section& section, RuleKind kind, const FrontendOptions& options);
// Reports what is odd of the resources that a policy is about. REQUIRES: the section is a policy's.
void check_policy(const Section& section);
// `DedupPeriodMinutes` and `Threshold`.
void read_counting(const Section& section, Rule& rule);
// Condition, Let and the texts of alerts. REQUIRES: the rule's format is known.
void read_texts(const Section& section, const FrontendOptions& options, Rule& rule);
// Nothing if the rule has no `Remember`.
[[nodiscard]] std::optional<Remember> read_remember(const Section& rule, const FrontendOptions& options);
[[nodiscard]] std::vector<RuleTest> read_tests(const Section& rule, RuleKind kind);
[[nodiscard]] CorrelationRule read_correlation(const Section& section);
[[nodiscard]] std::vector<CorrelationTest> read_correlation_tests(const Section& rule);
[[nodiscard]] Library read_library(const Section& section, const FrontendOptions& options);
[[nodiscard]] DataModel read_data_model(const Section& section, const FrontendOptions& options);
[[nodiscard]] LookupTable read_lookup_table(const Section& section);
[[nodiscard]] LogSources read_log_sources(const Section& section, const FrontendOptions& options);
[[nodiscard]] PackManifest read_manifest(const Section& section);

// What rules of every kind say of themselves, but `log_types`.
void read_metadata(const Section& section, RuleKind kind, RuleMetadata& about);
// `Name`, `ExpectedResult` and the places of a test.
[[nodiscard]] TestHeading read_heading(const Section& test, SourceSpan span);
// A section for an item that should be a mapping; nothing, with not-a-mapping, for another. Messages call it `what`,
// and say that it begins with the key `begins`; `fallback` is where they point to if the item is not there at all.
[[nodiscard]] std::optional<Section> section_of(const Section& parent, const yaml::Node& item, Holder holder,
                                                std::string_view what, std::string_view begins, SourceSpan fallback);
// The times that a list holds: numbers of minutes, or times; each that is neither is reported. REQUIRES: a list.
[[nodiscard]] std::vector<Time> read_times(const Section& section, const yaml::Mapping::Entry& list);
// Reports tests of one name.
class TestNames {
 public:
  void check(const Section& rule, const Section& test);

 private:
  std::unordered_map<std::string, SourceSpan> seen_;
};

// The key that holds the id of a kind of file: "RuleID".
[[nodiscard]] std::string_view id_key(Holder holder);

// Says that something is written in Python: a note, or an error if `strict`.
void report_python(const Section& section, SourceSpan span, std::string message, std::string help, bool strict);

// The text of a key as condition text, or nothing if the key is absent or empty.
[[nodiscard]] std::optional<SourceText> code(const Section& section, std::string_view key);

}  // namespace picket
