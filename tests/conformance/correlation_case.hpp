// The correlation part of the Sigma suite (sigma/README.md): rules, events with their times, and what fires.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/event/value.hpp"
#include "grammar/text/source.hpp"

namespace picket::tests {

struct CorrelationCase {
  struct TimedEvent {
    Time time;
    Value event;
  };

  std::string place;                               // file:line
  std::vector<SourcePtr> sources;                  // the rules, the correlations and what else they are loaded with
  std::vector<TimedEvent> events;                  // as they come
  std::vector<std::string> firings;                // "c x 0..5": which correlation, by which values, from when to when
  std::optional<std::vector<std::string>> alerts;  // the ids of the rules that make alerts, each once, sorted
  std::string error;                               // the code with which it must be refused; empty if it must load
};

// Reads a file; what is wrong with it goes to `faults`.
[[nodiscard]] std::vector<CorrelationCase> read_correlation_cases(const std::filesystem::path& path,
                                                                  std::vector<std::string>& faults);

// What is wrong with the case, in words, each with its place; nothing if it holds.
[[nodiscard]] std::vector<std::string> check_correlation_case(const CorrelationCase& tested);

}  // namespace picket::tests
