// `AnalysisType: correlation_rule`: a rule over the signals of other rules, as its author wrote it. What its names mean
// is found in engine/analyse.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/frontend/rule.hpp"

namespace picket {

// An entry of `Group` or `Sequence`: signals of one rule.
struct CorrelationItem {
  SourceSpan span;
  Located<std::string> id;
  Located<std::string> rule;                   // `RuleID`
  std::optional<Located<std::int64_t>> least;  // `MinMatchCount`
  std::optional<Located<std::int64_t>> most;   // `MaxMatchCount`
  std::optional<Located<bool>> absence;
};

// A field whose value must be the same in the signals that belong together. The path is an expression from the event;
// `p_alert_context` is its first step where the alert's context is meant.
struct CorrelationField {
  Located<std::string> written;
  Expr path;
};

// An entry of `Transitions`, from an item of a Sequence to the next.
struct CorrelationTransition {
  SourceSpan span;
  Located<std::string> from;
  Located<std::string> to;
  std::optional<Located<std::int64_t>> minutes;  // `WithinTimeFrameMinutes`
  // Fields that must have equal values, in the signals of either item. `On` names both.
  struct Match {
    CorrelationField from;
    CorrelationField to;
  };
  std::vector<Match> matches;
};

// An entry of `MatchCriteria`: a field of each item of a Group.
struct CorrelationCriterion {
  Located<std::string> name;
  struct Part {
    Located<std::string> item;  // `GroupID`
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
  std::vector<CorrelationCriterion> criteria;      // of a Group
  std::optional<Located<std::int64_t>> needed;     // `MinMatchCount` of the Group: how many items must hold
  std::int64_t lookback_minutes = 15;
  std::vector<CorrelationTest> tests;
};

}  // namespace picket
