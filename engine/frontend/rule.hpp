// What a front end makes of a file: rules, definition libraries, data models and pack manifests, with their texts
// parsed and every place that a later stage may have to point at. Nothing behind the front ends knows the format it
// came from.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/event/value.hpp"
#include "grammar/ast/expr.hpp"
#include "grammar/text/source.hpp"

namespace picket {

// A value and where the author wrote it.
template <typename T>
struct Located {
  T value{};
  SourceSpan span;
};

enum class Severity : std::uint8_t { info, low, medium, high, critical };

// "Info" … "Critical", as rule files write it.
[[nodiscard]] std::string_view spelling(Severity severity);
// "INFO" … "CRITICAL", as DynamicSeverity and alerts write it.
[[nodiscard]] std::string alert_word(Severity severity);
// Any case of the word; nothing for another word.
[[nodiscard]] std::optional<Severity> severity_from_word(std::string_view word);

// In whose words a rule was written; of `panther`, its `Detection`.
enum class RuleFormat : std::uint8_t { picket, panther, sigma };

enum class RuleKind : std::uint8_t { rule, scheduled_rule, policy, correlation_rule };

// What every test of every kind of rule says (`Tests:`).
struct TestHeading {
  Located<std::string> name;
  SourceSpan span;  // the whole entry
  // The verdict the test asks for: whether the condition holds, or the correlation fires. (A policy's condition is what
  // a compliant resource fulfils: true means compliant, and no alert.)
  bool expected = false;
  SourceSpan expected_span;
};

// Of a test, when its event comes.
constexpr std::size_t most_times = 1'000;
// Of a period, and of the minutes of a test: 190 years. What is more is a time in seconds, or a slip.
constexpr std::int64_t longest_minutes = 100'000'000;

// A test case of a rule that judges events.
struct RuleTest : TestHeading {
  Value event;  // `Log` or `Resource`: an object
  SourceSpan event_span;

  struct Mock {
    Located<std::string> name;  // `objectName`
    Value value;                // `returnValue`, of any kind
  };
  std::vector<Mock> mocks;
  std::optional<Located<Time>> now;
  std::optional<Located<Value>> memory;  // an object: keys and what they hold before the event
  // When the event comes; without `ExpectedAlerts` nothing. Minutes are counted from 1970.
  std::vector<Time> times{Time{}};
  std::optional<Located<std::int64_t>> expected_alerts;
  std::optional<Located<std::string>> expected_title;
  std::optional<Located<Severity>> expected_severity;
  std::optional<Located<std::string>> expected_dedup;
  std::optional<Located<Value>> expected_context;  // an object, compared with the whole context
  std::optional<Located<Value>> expected_memory;   // an object: what its keys hold after the event; null for nothing
};

// What a rule writes into the memory after an event (`Remember`).
struct Remember {
  SourceSpan span;                        // the key `Remember`
  Expr key;                               // `Key`: a TemplateExpr
  std::optional<Expr> value;              // `Value`; without it, true
  std::optional<Block> when;              // `When`; without it, always
  std::optional<Located<Duration>> keep;  // `For`: more than nothing; without it, for ever
};

// A heading of `Reports` with its items: {"MITRE ATT&CK", ["TA0001:T1078"]}.
struct Report {
  Located<std::string> framework;
  std::vector<Located<std::string>> items;
};

// How a rule comes to be another's child (`BaseDetection`).
struct Descent {
  // Where the rule names its base. What is inherited stands there: in the rule's own file it has no other place.
  SourceSpan span;
  std::vector<SourcePtr> bases;  // the files of its bases, the nearest first
};

// What every kind of rule says of itself. Defaults are Panther's (PANTHER rule format, `pat`).
struct RuleMetadata {
  SourcePtr source;
  RuleKind kind = RuleKind::rule;
  RuleFormat format = RuleFormat::picket;
  Located<std::string> id;
  std::string name;          // by which Sigma's correlations may refer to it, too; empty if not given
  std::string display_name;  // empty if not given
  bool enabled = true;
  Located<Severity> severity;
  // LogTypes, ScheduledQueries or ResourceTypes, by kind. A policy may name none: then it judges every type. A
  // correlation rule has none: it judges no events.
  std::vector<Located<std::string>> log_types;
  std::string description;
  std::string reference;
  std::string runbook;
  std::string created_by;
  std::string status;
  std::vector<Located<std::string>> tags;
  std::vector<Report> reports;
  std::vector<Located<std::string>> summary_attributes;
  std::vector<Located<std::string>> output_ids;
  bool create_alert = true;
  std::optional<Descent> descent;

  // Whether what stands at the place is inherited.
  [[nodiscard]] bool inherits(SourceSpan span) const { return descent && descent->span == span; }
};

// Of `DedupPeriodMinutes`; a shorter period counts as the shortest. (PANTHER rule format.)
constexpr std::int64_t least_dedup_minutes = 5;

// A detection: condition, texts and metadata.
struct Rule : RuleMetadata {
  std::vector<Located<std::string>> output;
  // Their spans are empty where the file does not say them.
  Located<std::int64_t> dedup_minutes{60, {}};
  Located<std::int64_t> threshold{1, {}};

  Block condition;                              // `Condition`; without lines it is true
  std::size_t filters = 0;                      // how many of its lines, the first ones, are `InlineFilters`
  std::vector<Definition> definitions;          // `Let`
  std::vector<Located<std::string>> libraries;  // `Use`
  std::optional<Remember> remember;
  std::optional<Expr> alert_title;  // templates: each a TemplateExpr
  std::optional<Expr> dedup;
  std::optional<Expr> alert_description;
  std::optional<Expr> alert_reference;
  std::optional<Expr> alert_runbook;
  std::optional<Expr> unique;
  std::optional<Expr> dynamic_severity;
  std::optional<Expr> destinations;
  std::optional<Expr> alert_context;  // an ObjectExpr

  std::vector<RuleTest> tests;
};

// `AnalysisType: definitions`.
struct Library {
  SourcePtr source;
  Located<std::string> id;
  std::string description;
  std::vector<Located<std::string>> libraries;  // `Use`
  std::vector<Definition> definitions;          // `Let`
};

// `AnalysisType: datamodel`.
struct DataModel {
  SourcePtr source;
  Located<std::string> id;
  std::string display_name;
  bool enabled = true;
  std::vector<Located<std::string>> log_types;
  std::vector<Located<std::string>> libraries;  // `Use`

  struct MappingEntry {
    Located<std::string> name;
    std::string path;  // `Path` as written; empty for an `Expression`
    Expr value;        // the path or the expression
  };
  std::vector<MappingEntry> mappings;
  // Names that Python functions map (`Method`), which nobody here runs: they mean nothing else either.
  std::vector<Located<std::string>> python_names;
};

// `AnalysisType: pack`.
struct PackManifest {
  SourcePtr source;
  Located<std::string> id;
  std::string display_name;
  std::string description;
  std::vector<Located<std::string>> ids;
};

}  // namespace picket
