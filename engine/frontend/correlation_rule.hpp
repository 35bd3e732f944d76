// A rule over the signals of other rules, as its author wrote it: `AnalysisType: correlation_rule`, or a Sigma document
// with a `correlation`. What its names mean is found in engine/analyse.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/frontend/correlation_demand.hpp"
#include "engine/frontend/rule.hpp"

namespace picket {

// An entry of `Group` or `Sequence`, or of Sigma's `rules`: signals of one rule.
struct CorrelationItem {
  SourceSpan span;
  Located<std::string> id;
  Located<std::string> rule;                   // `RuleID`; of Sigma's the id, whatever was written
  std::optional<Located<std::int64_t>> least;  // `MinMatchCount`
  std::optional<Located<std::int64_t>> most;   // `MaxMatchCount`
  std::optional<Located<bool>> absence;
};

// A field whose value must be the same in the signals that belong together. The path is an expression from the event;
// `p_alert_context` is its first step where the alert's context is meant.
struct CorrelationField {
  Located<std::string> written;
  Expr path;
  std::vector<Expr> other_paths;  // where the value may be, too
};

// An entry of `Transitions`, from an item of a Sequence to the next.
struct CorrelationTransition {
  SourceSpan span;
  Located<std::string> from;
  Located<std::string> to;
  std::optional<Located<std::int64_t>> minutes;  // `WithinTimeFrameMinutes`
  // Fields that must have equal values, in the signals of either item. `On` names both.
  struct Match {
    SourceSpan span;  // the whole entry
    CorrelationField from;
    CorrelationField to;
  };
  std::vector<Match> matches;
};

// An entry of `MatchCriteria` or `group-by`: a field of each item.
struct CorrelationCriterion {
  SourceSpan span;  // name and parts
  Located<std::string> name;
  struct Part {
    Located<std::string> item;  // `GroupID`: the id of the item
    CorrelationField field;
  };
  std::vector<Part> parts;
};

// A test of a correlation rule: the signals that there are.
struct CorrelationTest : TestHeading {
  // Signals of one item: each a time at which a field had a value.
  struct Signals {
    Located<std::string> item;
    struct Occurrence {
      Located<std::string> field;
      std::string value;
      Time time;  // minutes are counted from 1970
    };
    std::vector<Occurrence> occurrences;
  };
  std::vector<Signals> outputs;
};

struct CorrelationRule : RuleMetadata {
  bool ordered = false;       // a Sequence, not a Group
  SourceSpan detection_span;  // the key `Group` or `Sequence`
  std::vector<CorrelationItem> items;
  std::vector<CorrelationTransition> transitions;  // of a Sequence
  std::vector<CorrelationCriterion> criteria;      // of a Group, and of Sigma's correlations
  std::optional<Located<std::int64_t>> needed;     // `MinMatchCount` of the Group: how many items must hold
  Located<Duration> lookback{Duration{15 * microseconds_per_minute},
                             {}};  // its span is empty if the file does not say it
  std::vector<CorrelationTest> tests;

  // --- of Sigma's correlations only ---

  std::optional<Requirement> requirement;  // which items must be there; without it, all that are no absences
  std::optional<Measure> measure;          // then all items are one, whose signals are measured together
  // By what they are measured, of one that does not only count: fields, each a part for every item.
  std::vector<CorrelationCriterion> measured;
  bool generates = true;  // the rules that it names give alerts of their own, too
};

}  // namespace picket
