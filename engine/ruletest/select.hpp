// Choosing among rules and tests by their metadata.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "engine/frontend/rule.hpp"
#include "engine/pattern/pattern.hpp"

namespace picket {

// What was asked for. Values of one kind are alternatives, kinds restrict one another; an empty kind restricts nothing.
struct SelectionOptions {
  std::vector<std::string> ids;         // globs
  std::vector<std::string> tags;        // globs, case ignored
  std::vector<std::string> severities;  // words, case ignored
  std::vector<std::string> log_types;   // globs, case ignored
  std::vector<std::string> paths;       // globs over the whole path, or parts of it
  std::vector<std::string> tests;       // globs over test names
};

// What an option could not be read as: `value` of `option`, because of `reason`.
struct SelectionError {
  std::string option;  // "--id"
  std::string value;
  std::string reason;
};

class Selection {
 public:
  [[nodiscard]] static std::variant<Selection, SelectionError> make(const SelectionOptions& options);

  [[nodiscard]] bool selects(const Rule& rule) const;
  // Of a rule that is selected.
  [[nodiscard]] bool selects(const RuleTest& test) const;
  // Whether it restricts anything.
  [[nodiscard]] bool narrows() const;
  [[nodiscard]] bool narrows_tests() const { return !tests_.empty(); }

 private:
  std::vector<Glob> ids_;
  std::vector<Glob> tags_;
  std::vector<Severity> severities_;
  std::vector<Glob> log_types_;
  std::vector<Glob> paths_;
  std::vector<Glob> tests_;
};

}  // namespace picket
