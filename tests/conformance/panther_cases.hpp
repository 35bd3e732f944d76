// The conformance files of Panther's YAML detections (panther/, README.md beside this) as rules and what must come of
// them.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/frontend/rule.hpp"

namespace picket::tests {

struct PantherEvent {
  std::string place;  // file:line
  Value event;
  bool holds = false;
  // What the alert must say; an object with `title`, `dedup`, `severity`, `context`, each optional.
  std::optional<Value> alert;
};

struct PantherCase {
  std::string place;
  std::string text;                               // as the file has it
  std::optional<Rule> rule;                       // nothing if it has errors
  std::optional<std::vector<std::string>> tests;  // the names of the tests that it must have
  std::vector<std::string> errors;
  std::string expected_error;  // a diagnostic's code; empty for a sound case
  std::vector<PantherEvent> events;
};

struct PantherFile {
  std::string name;
  std::vector<PantherCase> cases;
  std::vector<std::string> faults;  // what is wrong with the file itself
};

// The log type of the rules.
constexpr std::string_view panther_log_type = "Conformance.Panther";

// Every file, by name.
[[nodiscard]] std::vector<PantherFile> read_panther_files();

}  // namespace picket::tests
