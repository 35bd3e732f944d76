// The files of the conformance suite (README.md beside this) as values: what is evaluated, in which surroundings, and
// what must come of it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/event/value.hpp"
#include "engine/yaml/node.hpp"
#include "grammar/text/source.hpp"

namespace picket::tests {

// The texts of a library or a data model's mapping, under their names.
struct NamedText {
  std::string name;
  SourceText text;
};

struct Mapping {
  std::string name;
  bool is_path = false;
  SourceText text;
};

enum class Evaluates : std::uint8_t { expression, condition, text_template, context };

struct Expected {
  std::optional<Value> value;
  std::optional<std::string> text;
  std::optional<std::string> error;  // a diagnostic's code
  std::optional<std::string> kind;
  double within = 0;
};

struct ConformanceCase {
  std::string place;  // file:line
  std::string key;    // its content without `why`, to find repetitions by
  Evaluates evaluates{};
  SourceText text;
  std::optional<SourceText> let;
  std::vector<NamedText> libraries;
  std::vector<Mapping> model;
  bool has_model = false;
  std::vector<std::pair<std::string, Value>> mocks;
  std::optional<SourceText> remember;                 // the key of what the rule remembers
  std::vector<std::pair<std::string, Value>> memory;  // what it holds before the event
  Value event;
  Time now;
  Expected expected;
};

struct CaseFile {
  std::string name;
  SourcePtr source;
  std::vector<ConformanceCase> cases;
  std::vector<std::string> faults;  // what is wrong with the file itself
};

// Reads one file. Faults of the YAML and of the format are in `faults`; the sound cases are returned all the same.
[[nodiscard]] CaseFile read_case_file(const std::filesystem::path& path);

}  // namespace picket::tests
