// `AnalysisType: log_sources`: which events the log sources of Sigma rules mean.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/frontend/rule.hpp"
#include "grammar/text/ascii.hpp"

namespace picket {

// Case does not tell names apart, as it does not tell the keys of an event.
struct LessWithoutCase {
  [[nodiscard]] bool operator()(std::string_view a, std::string_view b) const {
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                        [](char x, char y) { return ascii_lower(x) < ascii_lower(y); });
  }
};
// Names that rules use and where their values stand in the event, at any of some paths in the detection language.
using FieldNames = std::map<std::string, std::vector<std::string>, LessWithoutCase>;

// How an event that does not carry its log type is told: by a condition in the detection language.
struct RecognisedLogType {
  Located<std::string> log_type;
  Block when;
};

// A log source and its events.
struct LogSource {
  // As rules name it; what is not given may be anything.
  std::optional<std::string> category;
  std::optional<std::string> product;
  std::optional<std::string> service;
  SourceSpan span;
  std::vector<std::string> log_types;

  // Those of its log types for which `when` holds. One event may be of several.
  struct Events {
    std::string when;   // a condition in the detection language; empty: all
    FieldNames fields;  // those of the log source, too
  };
  std::vector<Events> events;  // at least one
};

// A file of log sources.
struct LogSources {
  SourcePtr source;
  Located<std::string> id;
  std::vector<RecognisedLogType> recognised;  // the first that holds decides
  std::vector<LogSource> log_sources;
  // `%name%` in Sigma values with the modifier `expand`, and what it stands for.
  std::map<std::string, std::vector<std::string>> placeholders;
};

}  // namespace picket
